package main

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"officeimporter/internal/importer"
	"officeimporter/internal/office"
	"officeimporter/internal/simulator"
	"officeimporter/internal/submit/api"
)

// The offices of the file: the one whose call fails stands between two others.
const (
	officeBefore = "Branch 1"
	theOffice    = "Branch 2"
	officeAfter  = "Branch 3"
)

// lateBy is after the first looks at the list, and within the settle window.
const lateBy = 40 * time.Second

// stage is a file of offices, a stand-in, and the line between them, in a
// synctest bubble: the real program but for the network.
type stage struct {
	t       *testing.T
	file    string
	bodies  map[string][]byte // of the file, by name
	state   string            // for locks
	journal string
	to      importer.Server
	options runOptions
	books   *simulator.Server
	line    *line
	healed  atomic.Bool // nothing fails any more
	left    []byte      // the journal as a kill leaves it
	before  int         // attempts of theOffice in earlier runs
}

// newStage has a stand-in whose faults decide chooses until it has healed, and
// that closes connections which are idle for so long; 0: it doesn't.
func newStage(t *testing.T, decide func(simulator.Call) simulator.Fault, idle time.Duration) *stage {
	t.Helper()
	s := &stage{t: t, state: t.TempDir(), file: filepath.Join(t.TempDir(), "offices.csv"), line: newLine(`"name":"` + theOffice + `"`)}
	s.options.target = targetOptions{server: "http://127.0.0.1", rate: importer.MaxRate, timeout: time.Minute}
	s.options.send = sendOptions{workers: 1, settle: 45 * time.Second} // one: the rows' order is the file's
	s.options.output.json = true
	to, err := parseServer(s.options.target.server)
	if err != nil {
		t.Fatal(err)
	}
	s.to, s.journal = to, importer.OwnStem(s.file)+"."+to.Label+".journal"
	s.books = simulator.New(simulator.Config{Faults: simulator.Faults{Late: simulator.Late{By: lateBy}},
		Decide: func(c simulator.Call) simulator.Fault {
			if s.healed.Load() {
				return simulator.None
			}
			return decide(c)
		}})
	s.line.leaves, s.line.begun = s.wantBegun, s.aboutToLeave
	web := &http.Server{Handler: s.books, IdleTimeout: idle}
	go func() { _ = web.Serve(s.line) }()
	t.Cleanup(func() { _ = errors.Join(s.books.Close(), web.Close()) })
	return s
}

// write puts the offices with these numbers into the file.
func (s *stage) write(numbers ...int) {
	s.t.Helper()
	text := officesHeading
	for _, n := range numbers {
		text += officeRow(n)
	}
	if err := os.WriteFile(s.file, []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
	f, err := importer.Open(s.file, importer.Input{})
	if err != nil {
		s.t.Fatal(err)
	}
	s.bodies = map[string][]byte{}
	for r, err := range f.Rows(func(*office.Request) bool { return true }) {
		s.check(err)
		s.bodies[r.Name] = r.Body
	}
	s.check(f.Close())
}

// run runs the file as `importer run` does, whose call fails at a moment.
func (s *stage) run(m moment) ending {
	s.t.Helper()
	ctx, cancel := context.WithCancel(s.t.Context())
	defer cancel()
	s.line.set(m, s.strike(m, cancel))
	e, out := ending{bodies: s.bodies}, new(bytes.Buffer)
	e.err = s.start(ctx, newConsole(strings.NewReader(""), out, new(bytes.Buffer)))
	e.status = exitStatus(e.err)
	synctest.Wait() // until the stand-in has noticed the ends of connections
	s.mend(m)
	e.records = s.records()
	if m != killed && m != killedAtWriting {
		s.read(&e, out.Bytes())
		s.wantWhole(e)
	}
	return e
}

// start is runOptions.run less the question, with the line for a network.
func (s *stage) start(ctx context.Context, c console) error {
	target, err := s.options.target.target()
	if err != nil {
		return err
	}
	target.State, target.Dial = s.state, s.line.Dial
	o := s.options.options(c, s.file, target)
	o.Confirm = nil
	o.Key = func() (api.Secret, error) { return api.NewSecret(secret), nil }
	result, err := importer.Import(ctx, s.file, importer.Input{}, o)
	if result == nil || result.Summary == nil {
		return err
	}
	return errors.Join(s.options.ended(result), err)
}

func (s *stage) check(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Error(err)
	}
}

func (s *stage) report() string { return importer.OwnStem(s.file) + runMark + ".csv" }
