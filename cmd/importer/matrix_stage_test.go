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
	job     *job // the file, read once for all runs until it is written again
	journal string
	to      server
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
	s := &stage{t: t, file: filepath.Join(t.TempDir(), "offices.csv"), line: newLine(`"name":"` + theOffice + `"`)}
	s.options.target = targetOptions{server: "http://127.0.0.1", rate: maxRate, timeout: time.Minute}
	s.options.send = sendOptions{workers: 1, settle: 45 * time.Second} // one: the rows' order is the file's
	s.options.output.json = true
	to, err := parseServer(s.options.target.server)
	if err != nil {
		t.Fatal(err)
	}
	s.to, s.journal = to, journalPath(s.file, to.label, "")
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
	j, err := openJob(s.file, &s.options.input)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { s.check(j.Close()) })
	s.job = j
}

// run runs the file as `importer run` does, whose call fails at a moment.
func (s *stage) run(m moment) ending {
	s.t.Helper()
	ctx, cancel := context.WithCancel(s.t.Context())
	defer cancel()
	s.line.set(m, s.strike(m, cancel))
	e, out := ending{}, new(bytes.Buffer)
	e.err = s.session(ctx, newConsole(strings.NewReader(""), out, new(bytes.Buffer)), &e)
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

// session is runOptions.locked less the lock and the question, with the line
// for a network.
func (s *stage) session(ctx context.Context, c console, e *ending) error {
	o, j := &s.options, s.job
	l := &lane{to: s.to, path: s.journal, header: j.header(s.to, "")}
	all := lanes{l}
	defer func() { _ = all.close() }()
	if err := all.read(c.say); err != nil {
		return journalError(err)
	}
	forecast, _, err := o.forecast(c, j, all)
	if err != nil {
		return err
	}
	e.bodies = s.requests(j)
	if err := all.open(ctx, c, "run", &o.target); err != nil {
		return err
	}
	run := o.session(c, j, s.to, api.NewSecret(secret), all)
	l.connection.client = api.New(api.Options{Server: s.to.url, Key: api.NewSecret(secret),
		Timeout: o.target.timeout, Dial: s.line.Dial}, l.connection.limiter)
	defer all.disconnect()
	return run.finish(ctx, o, forecast.Count(office.Ready))
}

func (s *stage) requests(j *job) map[string][]byte {
	bodies := map[string][]byte{}
	for r, err := range j.plan.Requests() {
		if err != nil {
			s.t.Fatal(err)
		}
		bodies[r.Office.Name] = r.Body
	}
	return bodies
}

func (s *stage) check(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Error(err)
	}
}

func (s *stage) report() string { return s.options.output.paths(s.job, runMark)[0].path }
