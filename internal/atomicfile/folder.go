package atomicfile

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
)

// SyncFolder makes the names in the folder of a path outlive a power cut. On
// Windows folders can't be synced; NTFS logs changes of names.
func SyncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// Same tells whether two paths lead to one file that is there.
func Same(a, b string) bool {
	first, err := os.Stat(a)
	if err != nil {
		return false
	}
	second, err := os.Stat(b)
	return err == nil && os.SameFile(first, second)
}
