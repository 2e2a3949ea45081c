package report

import "os"

// File is a file that stands beside the reports and comes to be as they do:
// whole, or not at all. Not for concurrent use.
type File struct{ output }

// CreateFile starts a file that will be in the folder of path.
func CreateFile(path string) (*File, error) {
	t, err := newTarget(path)
	if err != nil {
		return nil, err
	}
	return &File{output{target: t, rename: os.Rename}}, nil
}

// Close gives the file the first of the names that can be had, once all of it
// is on disk: an old file may be open in a program that locks it.
func (f *File) Close(names []string) error {
	return f.commit(func(from, _ string) (err error) {
		for _, name := range names {
			if err = f.rename(from, name); err == nil {
				f.path = name
				return nil
			}
		}
		return err
	})
}
