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

// API is the part of api.Client that the Submitter needs.
type API interface {
	Create(ctx context.Context, body []byte, begin, held func() error) (api.Answer, error)
	List(ctx context.Context) (*api.Listing, error)
}

// Options say how a run sends. If a number of rows is zero, there is no limit.
type Options struct {
	JudgeOptions
	Workers   int
	Timeout   time.Duration // for one call
	Settle    time.Duration // the settle window: by then the list has an office that a call created
	Since     time.Time     // when the lock was taken: the windows of rows left by earlier runs count from there
	WaitFirst time.Duration // wait before the first list: an earlier run may have made calls that no journal has
	First     int           // stop after sending this many rows; negative: send only rows that were sent before
	Failures  *Failures     // stop once too many rows are refused; nil: no limit
	Poll      time.Duration // how often to check on other processes that share the journal; 0: there are none
	Say       func(string)  // is told what a person should know during the run; may be nil
}

// Submitter creates the offices of a file, once each. Use it for one Run. Progress may be called concurrently with
// Run.
type Submitter struct {
	api     API
	limiter *limit.Limiter
	journal Journal
	options Options
	judge   *Judge // under mu
	cancel  context.CancelFunc

	applying sync.Mutex // held while a list is taken in and applied

	mu               sync.Mutex
	changed          chan struct{} // closed and replaced whenever something below changes
	run              int           // this run's number in the journal
	company          company
	rows             rows
	pending          map[office.Key]*pendingSettlement
	deferred         map[office.Key]*deferredRow  // rows that another process has for now
	takenOver        []office.Record              // rows taken over while this process still has an attempt under way
	resends          map[office.Key]office.Record // rows sent again after an attempt was settled as not created
	lastWindowEnd    time.Time                    // when the last window of any attempt ends
	streaks          streaks
	unreachableSince time.Time // since when no call has got through; zero if the last one did
	backoff          time.Duration
	saidAt           time.Time // when sayNowAndThen last said something
	stopped          *StopError
	counts           Progress
	before           int             // number of offices in the first list
	created          []createdOffice // offices that this run created, in the order in which it learned of them
}

// New returns a submitter. limiter must be the one that paces the API's calls, and file must have seen all rows. The
// error is the journal's.
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

// Unfinished reports whether earlier runs left something to do even if there are no rows to send: unknown rows, or a
// last list that was never taken.
func (s *Submitter) Unfinished() bool { return len(s.judge.unknown)+len(s.judge.resends) > 0 }

// Run settles what earlier runs left unknown, sends what should be sent, and settles rows whose outcome is unclear.
// requests are the file's rows in order. Ending the context stops taking rows; calls in flight are still waited for.
//
// It returns the offices that exist more often than the rows explain, and a *StopError if the run ended early.
// Whatever it returns, the journal has every row's true state.
func (s *Submitter) Run(ctx context.Context, requests iter.Seq2[*office.Request, error]) ([]Surplus, error) {
	ctx, s.cancel = context.WithCancel(ctx)
	defer s.cancel()
	defer context.AfterFunc(ctx, s.interrupt)()
	if why := s.start(ctx); why != nil {
		return nil, why
	}
	var workers errgroup.Group
	workers.Go(func() error { s.feed(requests); return nil })
	workers.Go(func() error { s.takeLists(ctx); return nil })
	if s.options.Poll > 0 {
		workers.Go(func() error { s.watchOthers(ctx); return nil })
	}
	for range s.options.Workers {
		workers.Go(func() error { s.work(ctx); return nil })
	}
	_ = workers.Wait()
	if why := s.stoppedBy(); why != nil { // Ctrl-C may come right now
		return nil, why
	}
	return s.close(ctx)
}

// start takes the first complete list and writes it to the journal as the baseline: without a list, nothing is sent.
// Rows that earlier runs left unknown are pending settlement from here on.
func (s *Submitter) start(ctx context.Context) *StopError {
	_ = limit.SleepOr(ctx, max(s.options.WaitFirst, s.earlierCallsWait()), nil) // if this is cut short, the list fails and says why
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

// earlierCallsWait returns how long to wait for the calls of an earlier run that was killed: they may arrive among
// ours and use up the limit. There are at most as many as it had workers.
func (s *Submitter) earlierCallsWait() time.Duration {
	for range s.journal.Records(office.Unknown) {
		return time.Duration(s.options.Workers) * s.limiter.Spacing()
	}
	return 0
}

// feed admits the rows of the file one by one, no faster than the workers take them.
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

// wait blocks until ready returns true, and calls it under the lock whenever something changed. It returns false once
// the run is stopped.
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

// update changes something under the lock, and wakes everyone who waits.
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

// stop ends the run for the first reason given, and returns that reason. Calls in flight are still waited for; calls
// that are about to leave don't leave.
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
