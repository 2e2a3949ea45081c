package main

import (
	"bytes"
	"errors"
	"os"
)

// strike returns what happens to the run itself, and not only to its call. A kill
// keeps the journal as it is at that moment. The disk fails by moving the journal
// away, which the run notices when it syncs the next line.
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

// restore puts the journal back, and removes what a killed run would not have
// written.
func (s *stage) restore(m moment) {
	s.t.Helper()
	switch m {
	case killed, killedAtWriting:
		s.check(errors.Join(os.WriteFile(s.journal, s.left, 0o600), os.Remove(s.report())))
	case diskFails:
		s.check(errors.Join(os.Rename(s.journal+".moved", s.journal), tear(s.journal)))
	}
}

// tear removes half of a file's last line.
func tear(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	last := bytes.LastIndexByte(text[:len(text)-1], '\n') + 1
	return os.Truncate(path, int64(last+len(text))/2)
}
