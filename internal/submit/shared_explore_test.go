package submit

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/apitest"
	"officeimporter/internal/submit/limit"
)

// schedulesVariable says how many schedules of processes that share a journal to try; `make
// explore` tries more.
const schedulesVariable = "IMPORTER_EXPLORE_SHARED"

// sharedModel is a model of the offices API and of the processes that call it.
type sharedModel struct {
	t       *testing.T
	journal *sharedJournal
	file    table
	rand    *rand.Rand
	mu      sync.Mutex // guards rand and offices
	offices []builtOffice
	silent  sync.WaitGroup
	calm    bool // nothing fails any more
}

// builtOffice is an office of the model.
type builtOffice struct {
	api.Listed
	row    office.Key
	listed time.Time
}

// process is one process.
type process struct {
	*sharedModel
	journal *openJournal
	limiter *limit.Limiter
	stop    context.CancelFunc
}

func (w *sharedModel) roll(n int) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.rand.IntN(n)
}

func (w *sharedModel) upTo(d time.Duration) time.Duration { return time.Duration(w.roll(int(d))) }

// Create makes a call like api.Client does, with random failures.
func (p *process) Create(ctx context.Context, body []byte, begin, held func() error) (api.Answer, error) {
	time.Sleep(p.upTo(time.Second))
	if err := ctx.Err(); err != nil {
		return api.Answer{}, err
	}
	if err := begin(); err != nil {
		return api.Answer{}, err
	}
	if !p.calm {
		switch p.roll(12) {
		case 0: // killed with its Begin written
			return p.crash()
		case 1: // suspended before it leaves, until about when its lease ends
			p.journal.silence(modelLease - modelMargin/2 + p.upTo(2*modelLease))
		case 2: // the database is away while the process goes on
			long := modelLease - modelMargin + p.upTo(2*modelLease)
			p.silent.Go(func() { p.journal.silence(long) })
			time.Sleep(p.upTo(modelLease))
		}
	}
	if err := ctx.Err(); err != nil {
		return api.Answer{}, err
	}
	if err := held(); err != nil {
		return api.Answer{}, err
	}
	if !p.calm && p.roll(6) == 0 { // suspended between the check and the write, for no longer than we assume
		time.Sleep(p.upTo(modelMargin))
	}
	if p.journal.gone() { // killed by another of its calls
		return api.Answer{}, errGone
	}
	return p.exchange(sha256.Sum256(body))
}

func (p *process) crash() (api.Answer, error) {
	p.journal.mu.Lock()
	p.journal.crashed = true
	p.journal.mu.Unlock()
	p.stop()
	return api.Answer{}, errGone
}

// exchange is the call itself.
func (p *process) exchange(digest office.Digest) (api.Answer, error) {
	fate := p.roll(10)
	if p.calm {
		fate = 9
	}
	a := api.Answer{Verdict: api.Ambiguous, Sent: time.Now()}
	took := p.upTo(2 * time.Second)
	if fate < 2 {
		took = modelTimeout // no answer comes
	}
	var o *builtOffice
	if fate != 0 && fate != 3 && fate != 4 {
		o = p.make(digest, took)
	}
	if fate == 5 { // killed with the call under way
		return p.crash()
	}
	time.Sleep(took)
	a.Ended = time.Now()
	switch fate {
	case 2, 3:
		a.Status = 502
	case 4:
		a.Verdict = api.NotSent
	case 6, 7, 8, 9:
		a.Verdict, a.Status, a.Office = api.Accepted, 200, o.Listed
	}
	return a, nil
}

// make creates an office. The list shows it within the settle window after the call.
func (w *sharedModel) make(digest office.Digest, took time.Duration) *builtOffice {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range w.file {
		if r.Digest == digest {
			w.offices = append(w.offices, builtOffice{api.Listed{ID: fmt.Sprint(100 + len(w.offices)), Name: strings.ToUpper(r.Office.Name), Country: "us"}, r.Key,
				time.Now().Add(took + time.Duration(w.rand.IntN(int(modelSettle))))})
			return &w.offices[len(w.offices)-1]
		}
	}
	panic("nobody's body")
}

func (p *process) List(ctx context.Context) (*api.Listing, error) {
	l := &api.Listing{Began: time.Now()}
	time.Sleep(p.upTo(time.Second))
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, o := range p.offices {
		if !o.listed.After(l.Began) {
			l.Offices = append(l.Offices, o.Listed)
		}
	}
	l.Ended = time.Now()
	return l, nil
}

// runProcess runs a process from start to end.
func (w *sharedModel) runProcess() error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	p := &process{sharedModel: w, journal: w.journal.open(), limiter: limit.New(1200, time.Minute), stop: stop}
	s, err := New(p, p.limiter, p.journal, w.file, Options{JudgeOptions: JudgeOptions{Keyed: true}, Workers: 1 + w.roll(3),
		Timeout: modelTimeout, Settle: modelSettle, Since: time.Now(), Poll: 2 * time.Second})
	if err != nil {
		return err
	}
	surplus, err := s.Run(ctx, w.file.requests())
	p.journal.mu.Lock()
	for _, one := range surplus { // if a row of the name is unknown, reporting a surplus is justified
		if !w.journal.named(&office.Record{Key: one.key, Name: one.Name, Country: one.Country}) {
			w.t.Errorf("surplus: %v", one)
		}
	}
	p.journal.crashed = true // it has ended, so others may take over what it has left
	p.journal.mu.Unlock()
	return err
}

// Processes that share a journal crash, stall until their leases end, lose their database and go
// on. Each office is created once, and all are created.
func TestExploreShared(t *testing.T) {
	n := 300
	if text := os.Getenv(schedulesVariable); text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	if !apitest.AllVariants || testing.Short() {
		n /= 10
	}
	late, calls := 0, 0
	for seed := range n {
		synctest.Test(t, func(t *testing.T) {
			w := newSharedModel(t, uint64(seed))
			w.run()
			late, calls = late+w.journal.late, calls+len(w.offices)
			if t.Failed() {
				t.Fatalf("with seed %d", seed)
			}
		})
		if t.Failed() {
			return
		}
	}
	if late == 0 {
		t.Error("no process was ever overtaken: the schedules are too tame")
	}
	t.Logf("%d schedules, %d offices, %d words that came too late", n, calls, late)
}

func newSharedModel(t *testing.T, seed uint64) *sharedModel {
	w := &sharedModel{t: t, journal: &sharedJournal{rows: map[office.Key]*claim{}}, rand: rand.New(rand.NewPCG(seed, 1)),
		file: table{row(t, 2, "Avon"), row(t, 3, "Bath"), row(t, 4, "Cork"), row(t, 5, "Avon"), row(t, 6, "Dover")}}
	for i, r := range w.file {
		r.Key = office.ColumnKey("", fmt.Sprint(i))
	}
	return w
}

// run runs two or three processes side by side, several times. At the end nothing fails any more,
// and the last ones must finish.
func (w *sharedModel) run() {
	var all sync.WaitGroup
	for range 2 + w.roll(2) {
		all.Go(func() {
			for range 1 + w.roll(3) {
				time.Sleep(w.upTo(3 * time.Minute))
				_ = w.runProcess()
			}
		})
	}
	all.Wait()
	w.calm = true
	for range 2 {
		all.Go(func() {
			if err := w.runProcess(); err != nil {
				w.t.Errorf("the last process: %v", err)
			}
		})
	}
	all.Wait()
	w.silent.Wait()
	w.check()
}

// check compares the journal with the offices that were created.
func (w *sharedModel) check() {
	of := map[office.Key][]string{}
	for _, o := range w.offices {
		of[o.row] = append(of[o.row], o.ID)
	}
	for _, r := range w.file {
		c := w.journal.rows[r.Key]
		switch {
		case len(of[r.Key]) > 1:
			w.t.Errorf("row %d became offices %v", r.Row, of[r.Key])
		case w.journal.named(&office.Record{Key: r.Key, Name: r.Office.Name, Country: r.Office.Country}) && len(of[r.Key]) == 0: // it waits until a person settles that one
		case c == nil:
			w.t.Errorf("row %d is in no book", r.Row)
		case c.Outcome == office.Unknown: // a person decides
		case c.Outcome != office.Created || len(of[r.Key]) != 1 || c.OfficeID != of[r.Key][0]:
			w.t.Errorf("row %d is %s, office %q; made were %v", r.Row, c.Outcome, c.OfficeID, of[r.Key])
		}
	}
}
