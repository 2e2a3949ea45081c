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

// life is one process that runs the importer, until it ends or crashes. After
// a crash nothing that its goroutines still do has an effect.
type life struct {
	scenario *scenario
	file     fileRows
	schedule *schedule
	server   *server
	disk     *disk
	limiter  *limit.Limiter
	stop     context.CancelFunc // Ctrl-C
	gone     chan struct{}      // closed by a crash

	failing int // lists that will fail; only one is taken at a time

	mu     sync.Mutex
	listed bool                 // a complete list was taken
	there  map[office.Name]bool // what another client had made, as the first list shows
	wrong  []string             // promises that were broken
}

// ending is how a life ended.
type ending struct {
	crashed bool
	surplus []submit.Surplus
	err     error
}

// live is a life from its beginning to its end.
func (l *life) live() ending {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	l.stop, l.limiter = stop, limit.New(1200, time.Minute)
	surplus, err := l.run(ctx)
	return ending{l.dead(), surplus, err}
}

func (l *life) run(ctx context.Context) ([]submit.Surplus, error) {
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
func (l *life) crash() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.dead() {
		close(l.gone)
		l.stop()
	}
}

func (l *life) dead() bool {
	select {
	case <-l.gone:
		return true
	default:
		return false
	}
}

// pause lets time pass; false if the process has crashed meanwhile.
func (l *life) pause(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return !l.dead()
	case <-l.gone:
		return false
	}
}

// breaks notes that a promise was broken.
func (l *life) broke(how string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wrong = append(l.wrong, how)
}

// sees notes that a complete list was taken.
func (l *life) sees(listing *api.Listing) {
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
func (l *life) mayLeave(who string, r *office.Request) {
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
