//go:build unix

package journal

import (
	"io/fs"
	"os"
	"syscall"
)

// chownLike gives a file the owner and the group of another one.
func chownLike(f *os.File, other fs.FileInfo) error {
	owner, known := other.Sys().(*syscall.Stat_t)
	if !known {
		return nil
	}
	return f.Chown(int(owner.Uid), int(owner.Gid))
}
