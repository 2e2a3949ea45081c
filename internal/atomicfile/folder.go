package atomicfile

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
)

// SyncFolder makes the names in the folder of a path survive a power cut. Windows can't sync folders, but NTFS logs
// changes of names.
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

// Same tells whether two paths lead to the same existing file.
func Same(a, b string) bool {
	first, err := os.Stat(a)
	if err != nil {
		return false
	}
	second, err := os.Stat(b)
	return err == nil && os.SameFile(first, second)
}
