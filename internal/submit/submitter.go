package submit

import (
	"context"
	"iter"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"officeimporter/internal/office"
	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/limit"
)

// API is what the Submitter needs of a Client.
type API interface {
	Create(ctx context.Context, body []byte, begin, held func() error) (api.Answer, error)
	List(ctx context.Context) (*api.Listing, error)
}

// Options say how a run sends. A number of rows that is zero means no bound.
type Options struct {
	JudgeOptions
	Workers   int
	Timeout   time.Duration // of one call
	Settle    time.Duration // the settle window: an office that a call made is in the list by then
	Since     time.Time     // when the lock was taken: what is left of earlier runs is settled from there
	WaitFirst time.Duration // before the first list: an earlier run may have left calls that no journal tells of
	First     int           // send so many rows, then stop; negative: none but those that were sent before
	Failures  *Failures     // stop once too many rows are refused; nil: no bound
	Poll      time.Duration // how often to look what other processes have done that share the journal; 0: there are none
	Say       func(string)  // hears what a person should know while it runs; may be nil
}

// Submitter creates the offices of a file, once each. Use it for one Run.
type Submitter struct {
	api     API
	limiter *limit.Limiter
	journal Journal
	options Options
	judge   *Judge // under mu
	cancel  context.CancelFunc

	applying sync.Mutex // held while a list is taken in and acted upon

	mu               sync.Mutex
	changed          chan struct{} // closed, and made anew, whenever something below changes
	run              int           // number of this run in the journal
	company          company
	rows             rows
	pending          map[office.Key]*pendingSettlement
	deferred         map[office.Key]*deferredRow  // rows that are another process's for now
	takenOver        []office.Record              // rows taken over while an attempt of this process is under way
	resends          map[office.Key]office.Record // rows sent again after an attempt that was settled as lost
	lastWindowEnd    time.Time                    // when the last window of an attempt closes
	streaks          streaks
	unreachableSince time.Time // since when no call has got through; zero where the last one did
	backoff          time.Duration
	saidAt           time.Time // when repeat last said something
	stopped          *StopError
	counts           Progress
	before           int             // offices of the first list
	created          []createdOffice // offices that this run created, in the order in which it knew of them
}

// New makes a submitter. limiter is the one that paces the API's calls; file
// must have seen all rows.
func New(api API, limiter *limit.Limiter, journal Journal, file File, o Options) (*Submitter, error) {
	judge, err := NewJudge(journal, file, o.JudgeOptions)
	if err != nil {
		return nil, err
	}
	if o.Say == nil {
		o.Say = func(string) {}
	}
	return &Submitter{api: api, limiter: limiter, journal: journal, options: o, judge: judge,
		changed: make(chan struct{}), company: newCompany(), rows: newRows(),
		pending: map[office.Key]*pendingSettlement{}, deferred: map[office.Key]*deferredRow{}, resends: map[office.Key]office.Record{}}, nil
}

// Unfinished says that earlier runs have left something to do, be there rows to
// send or not: rows that are unknown, or a last list that was never taken.
func (s *Submitter) Unfinished() bool { return len(s.judge.unknown)+len(s.judge.resends) > 0 }

// Run settles what earlier runs left unknown, sends what is to be sent, and
// settles what stays in doubt. requests are the file's rows in order. Ending
// the context stops taking rows; those in flight are heard to their end.
//
// It returns the offices that are there more often than rows account for, and
// a *StopError where the run ended before its end. Whatever it returns, the
// journal has the truth of every row.
func (s *Submitter) Run(ctx context.Context, requests iter.Seq2[*office.Request, error]) ([]Surplus, error) {
	ctx, s.cancel = context.WithCancel(ctx)
	defer s.cancel()
	defer context.AfterFunc(ctx, s.interrupt)()
	if why := s.start(ctx); why != nil {
		return nil, why
	}
	var workers errgroup.Group
	workers.Go(func() error { s.feed(requests); return nil })
	workers.Go(func() error { s.settle(ctx); return nil })
	if s.options.Poll > 0 {
		workers.Go(func() error { s.watchOthers(ctx); return nil })
	}
	for range s.options.Workers {
		workers.Go(func() error { s.work(ctx); return nil })
	}
	_ = workers.Wait()
	if why := s.stoppedBy(); why != nil { // Ctrl-C may come at this very moment
		return nil, why
	}
	return s.close(ctx)
}

// start takes the first complete list, and writes it down as the baseline: no
// list, no POST. What earlier runs left unknown is in doubt from here on.
func (s *Submitter) start(ctx context.Context) *StopError {
	_ = limit.SleepOr(ctx, max(s.options.WaitFirst, s.earlierCallsWait()), nil) // where it is cut short, the list tells
	listing, why := s.firstList(ctx)
	if why != nil {
		return why
	}
	run, err := s.journal.Baseline(listing.Primary(), listing.IDs())
	if err == nil {
		s.run = run
		err = s.loadUnsettled()
	}
	if err != nil {
		return s.stop(&StopError{Reason: StopJournal, Message: err.Error(), Err: err})
	}
	s.before = len(listing.Offices)
	s.applyList(listing)
	return nil
}

// underWay is how long to leave the limit to calls of an earlier run that was
// killed: they may arrive among ours, and are no more than it had workers.
func (s *Submitter) earlierCallsWait() time.Duration {
	for range s.journal.Records(office.Unknown) {
		return time.Duration(s.options.Workers) * s.limiter.Spacing
	}
	return 0
}

// feed admits the rows of the file one by one, no faster than workers take them.
func (s *Submitter) feed(requests iter.Seq2[*office.Request, error]) {
	for r, err := range requests {
		if err != nil {
			s.stop(&StopError{Reason: StopInput, Message: err.Error(), Err: err})
		}
		if !s.wait(func() bool { return len(s.rows.ready) < s.options.Workers }) || !s.admit(r) {
			break
		}
	}
	s.update(func() { s.rows.fed = true })
}

// work sends rows until there are no more.
func (s *Submitter) work(ctx context.Context) {
	for {
		var t *task
		if !s.wait(func() bool { t = s.rows.take(); return t != nil || s.rows.done() }) || t == nil {
			return
		}
		s.send(ctx, t)
	}
}

// wait blocks until ready says so, which is asked under the lock whenever
// something has changed. It returns false once the run is stopped.
func (s *Submitter) wait(ready func() bool) bool {
	for {
		s.mu.Lock()
		stopped, ok, changed := s.stopped != nil, false, s.changed
		if !stopped {
			ok = ready()
		}
		s.mu.Unlock()
		if stopped || ok {
			return ok
		}
		<-changed
	}
}

// update changes something under the lock, and tells all who wait.
func (s *Submitter) update(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
	s.wake()
}

func (s *Submitter) wake() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// stop ends the run for the first reason given, and returns that. Calls in
// flight are heard to their end; those that wait to leave don't leave.
func (s *Submitter) stop(why *StopError) *StopError {
	s.update(func() {
		if s.stopped == nil {
			s.stopped = why
		}
	})
	s.cancel()
	return s.stoppedBy()
}

func (s *Submitter) interrupt() {
	s.stop(&StopError{Reason: StopInterrupted, Message: "interrupted", Hint: "run again to go on"})
}
