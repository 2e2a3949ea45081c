package main

import (
	"bytes"
	"errors"
	"os"
)

// strike is what befalls the run itself, and not only its call. A kill leaves
// the journal as it is at that moment. The disk fails in that the journal is
// moved away, which is noticed when the next line is synced.
func (s *stage) strike(m moment, cancel func()) func() {
	switch m {
	case killed, killedAtWriting:
		return func() {
			defer cancel()
			var err error
			if s.left, err = os.ReadFile(s.journal); err != nil {
				s.t.Error(err)
			}
		}
	case diskFails:
		return func() { s.check(os.Rename(s.journal, s.journal+".moved")) }
	}
	return nil
}

// mend puts the journal in its place again, and takes away what a killed run
// would not have come to write.
func (s *stage) mend(m moment) {
	s.t.Helper()
	switch m {
	case killed, killedAtWriting:
		s.check(errors.Join(os.WriteFile(s.journal, s.left, 0o600), os.Remove(s.report())))
	case diskFails:
		s.check(errors.Join(os.Rename(s.journal+".moved", s.journal), tear(s.journal)))
	}
}

// tear takes away half of a file's last line.
func tear(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	last := bytes.LastIndexByte(text[:len(text)-1], '\n') + 1
	return os.Truncate(path, int64(last+len(text))/2)
}
