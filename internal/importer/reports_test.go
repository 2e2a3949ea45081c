package importer

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

// badReport is a report.Writer that fails.
type badReport struct {
	path              string
	onWrite, onClose  error
	closed, takenBack bool
}

func (b *badReport) Write(office.Result) error   { return b.onWrite }
func (b *badReport) Close(*report.Summary) error { b.closed = true; return b.onClose }
func (b *badReport) Abort() error                { b.takenBack = true; return nil }
func (b *badReport) Path() string                { return b.path }

var errFull = errors.New("disk full")

// A report that fails does not keep others from being written.
func TestReportsFailAlone(t *testing.T) {
	for what, last := range map[string]*badReport{"to write": {path: "b", onWrite: errFull}, "to close": {path: "b", onClose: errFull}} {
		for _, extra := range []bool{false, true} {
			first, third := &badReport{path: "a"}, &badReport{path: "c"}
			bad := *last
			all := reports{{writer: first}, {Report: Report{"b", extra}, writer: &bad}, {writer: third}}
			err := all.write(office.Result{})
			if extra && err != nil || !extra && !errors.Is(err, last.onWrite) {
				t.Errorf("%s, extra %t: %v", what, extra, err)
			}
			if err != nil {
				continue // the caller aborts
			}
			s := &report.Summary{}
			err = all.commit(s)
			if !first.closed || !third.closed || !slices.Equal(s.Reports, []string{"a", "c"}) {
				t.Errorf("%s, extra %t: reports are %q", what, extra, s.Reports)
			}
			if extra && (err != nil || strings.Join(s.Notes, "") != "b was not written: disk full" || bad.onWrite != nil && !bad.takenBack) {
				t.Errorf("%s, extra: %v, notes %q", what, err, s.Notes)
			}
			if !extra && (!errors.Is(err, errFull) || len(s.Notes) > 0) {
				t.Errorf("%s: %v, notes %q", what, err, s.Notes)
			}
		}
	}
}
