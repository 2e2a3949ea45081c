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

// The offices of the file. The call of the one in the middle fails.
const (
	officeBefore = "Branch 1"
	theOffice    = "Branch 2"
	officeAfter  = "Branch 3"
)

// lateBy is later than the first lists of offices, and within the settle window.
const lateBy = 40 * time.Second

// stage is a file of offices, a simulator, and the line between them, in a synctest
// bubble. Apart from the network it is the real program.
type stage struct {
	t       *testing.T
	file    string
	bodies  map[string][]byte // of the requests, by name
	state   string            // for locks
	journal string
	to      importer.Server
	options runOptions
	server  *simulator.Server
	line    *line
	healed  atomic.Bool // nothing fails from now on
	left    []byte      // the journal at the moment of a kill
	before  int         // attempts of theOffice in earlier runs
}

// newStage returns a stage whose simulator has the faults that decide chooses, until
// it has healed. The simulator closes connections after this idle time; 0: never.
func newStage(t *testing.T, decide func(simulator.Call) simulator.Fault, idle time.Duration) *stage {
	t.Helper()
	s := &stage{t: t, state: t.TempDir(), file: filepath.Join(t.TempDir(), "offices.csv"), line: newLine(`"name":"` + theOffice + `"`)}
	s.options.target = targetOptions{server: "http://127.0.0.1", rate: importer.MaxRate, timeout: time.Minute}
	s.options.send = sendOptions{workers: 1, settle: 45 * time.Second} // one worker, so that rows are sent in the order of the file
	s.options.output.json = true
	to, err := parseServer(s.options.target.server)
	if err != nil {
		t.Fatal(err)
	}
	s.to, s.journal = to, importer.OwnStem(s.file)+"."+to.Label+".journal"
	s.server = simulator.New(simulator.Config{Faults: simulator.Faults{Late: simulator.Late{By: lateBy}},
		Decide: func(c simulator.Call) simulator.Fault {
			if s.healed.Load() {
				return simulator.None
			}
			return decide(c)
		}})
	s.line.leaves, s.line.begun = s.wantBegun, s.aboutToLeave
	web := &http.Server{Handler: s.server, IdleTimeout: idle}
	go func() { _ = web.Serve(s.line) }()
	t.Cleanup(func() { _ = errors.Join(s.server.Close(), web.Close()) })
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

// run runs the file as `importer run` does. Its call fails at this moment.
func (s *stage) run(m moment) ending {
	s.t.Helper()
	ctx, cancel := context.WithCancel(s.t.Context())
	defer cancel()
	s.line.set(m, s.strike(m, cancel))
	e, out := ending{bodies: s.bodies}, new(bytes.Buffer)
	e.err = s.start(ctx, newConsole(strings.NewReader(""), out, new(bytes.Buffer)))
	e.status = exitStatus(e.err)
	synctest.Wait() // until the simulator has noticed closed connections
	s.restore(m)
	e.records = s.records()
	if m != killed && m != killedAtWriting {
		s.read(&e, out.Bytes())
		s.wantWhole(e)
	}
	return e
}

// start is runOptions.run without the question, and with the line as network.
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
