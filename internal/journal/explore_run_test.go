package journal

import (
	"context"
	"errors"
	"sync"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/submit"
	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/limit"
)

var errCrashed = errors.New("the process is gone")

// modelRun is one run of the importer, until it ends or crashes. After a crash nothing that its
// goroutines still do has an effect.
type modelRun struct {
	scenario *scenario
	file     fileRows
	schedule *schedule
	server   *server
	disk     *disk
	limiter  *limit.Limiter
	stop     context.CancelFunc // Ctrl-C
	crashed  chan struct{}      // closed by a crash

	failing int // how many of the next lists fail; only one is taken at a time

	mu     sync.Mutex
	listed bool                 // a complete list was taken
	there  map[office.Name]bool // names that another client had created, as the first list shows
	wrong  []string             // promises that were broken
}

// runEnd is how a run ended.
type runEnd struct {
	crashed bool
	surplus []submit.Surplus
	err     error
}

// execute executes the run from start to end.
func (l *modelRun) execute() runEnd {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	l.stop, l.limiter = stop, limit.New(1200, time.Minute)
	surplus, err := l.run(ctx)
	return runEnd{l.dead(), surplus, err}
}

func (l *modelRun) run(ctx context.Context) ([]submit.Surplus, error) {
	j, err := openOn(l.disk, "model.journal", testHeader)
	if err != nil {
		if !errors.Is(err, errCrashed) && !errors.Is(err, errDisk) {
			l.broke("the journal can't be opened: " + err.Error())
		}
		return nil, err
	}
	s, err := submit.New(l, l.limiter, j, l.file, submit.Options{JudgeOptions: l.scenario.judging(),
		Workers: l.scenario.workers, Timeout: callTimeout, Settle: settleWindow, Since: time.Now()})
	if err != nil {
		return nil, err
	}
	return s.Run(ctx, l.scenario.feed(l))
}

func (s *scenario) judging() submit.JudgeOptions { return submit.JudgeOptions{Keyed: s.keyed} }

// crash ends the process.
func (l *modelRun) crash() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.dead() {
		close(l.crashed)
		l.stop()
	}
}

func (l *modelRun) dead() bool {
	select {
	case <-l.crashed:
		return true
	default:
		return false
	}
}

// pause lets time pass. It returns false if the process has crashed meanwhile.
func (l *modelRun) pause(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return !l.dead()
	case <-l.crashed:
		return false
	}
}

// broke notes a broken promise.
func (l *modelRun) broke(how string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wrong = append(l.wrong, how)
}

// noteList notes that a complete list was taken.
func (l *modelRun) noteList(listing *api.Listing) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.listed {
		return
	}
	l.listed, l.there = true, map[office.Name]bool{}
	for _, o := range listing.Offices {
		if l.server.byID(o.ID).who == "" {
			l.there[office.NameOf(o.Name, o.Country)] = true
		}
	}
}

// mayLeave checks what must hold whenever a creation leaves.
func (l *modelRun) mayLeave(who string, r *office.Request) {
	begun := false
	if !l.listed {
		l.broke("a POST of " + who + " before a complete list")
	}
	if l.there[nameOf(r)] && !l.scenario.keyed {
		l.broke("a POST of " + who + " though an office of its name was there")
	}
	latest, claimed := l.disk.records()
	if claimed[r.Key] {
		l.broke("a POST of " + who + " after a success was claimed")
	}
	for key, record := range latest {
		switch {
		case key == r.Key && record.Digest == r.Digest && record.Outcome == office.Unknown && record.HTTPStatus == 0:
			begun = true
		case key != r.Key && record.Outcome == office.Unknown && office.NameOf(record.Name, record.Country) == nameOf(r):
			l.broke("a POST of " + who + " while a row of its name is in doubt")
		}
	}
	if !begun {
		l.broke("a POST of " + who + " without its Begin on disk")
	}
}
