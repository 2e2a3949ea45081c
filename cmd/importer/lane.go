package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"officeimporter/internal/ledger"
	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/submit"
)

// lane is what a run has for one company: limits, locks and journals are per
// company, so that none waits for another, nor takes its offices for its own.
type lane struct {
	company string // DP-Company-ID; empty: the key's own
	to      server // none where nothing is asked of one
	path    string // of the journal; empty: there is none
	header  report.Header
	journal memory
	limiter *submit.Limiter // nil where nothing is sent
	done    func()          // gives back what the limiter takes; likewise
	lock    *report.Lock    // nil: nothing is sent
	left    bool            // the journal may hold unknown rows

	open        rowSet // rows that a run may send or has to settle
	ready, held int    // rows to send, and those that --first holds back
	first       int    // --first, or what of it is this company's; negative: none; 0: no bound
	connection  connection
	submitter   *submit.Submitter
	found       findings // of this run
	settled     int      // rows that were in doubt, by all of this run's passes
	stopped     error    // why its run ended before its end
}

// lanes are those of a file's companies, in order of first appearance. All but
// files with a company column have one.
type lanes []*lane

// lanes has one for each company of the file, and the paths of their journals;
// without a server only that of the journal that is named.
func (j *job) lanes(o *targetOptions) (all lanes, err error) {
	to := server{}
	if o.server != "" {
		if to, err = parseServer(o.server); err != nil {
			return nil, err
		}
	}
	companies, err := j.companies(to)
	if err != nil {
		return nil, err
	}
	if o.journal != "" && !ledger.Is(o.journal) && len(companies) > 1 {
		return nil, fail("usage", "leave --journal out: each company has its own, beside the file",
			"--journal names one journal, and %s has rows of %d companies", j.file, len(companies))
	}
	for _, company := range companies {
		l := &lane{company: company, to: to, path: o.journal}
		if to.url != nil {
			l.header = j.header(to, company)
			l.path, err = o.journalPath(j.file, to, company)
		}
		if err != nil {
			return nil, journalError(err)
		}
		all = append(all, l)
	}
	return all, nil
}

// companies are those of the rows. One that is given for rows that name none is
// among them where it has a journal: all of its rows may have left the file.
func (j *job) companies(to server) ([]string, error) {
	if !j.plan.PerCompany() {
		return j.plan.Companies(), nil
	}
	if err := j.survey(); err != nil { // only the rows tell
		return nil, err
	}
	companies, given := j.plan.Companies(), j.plan.Company()
	if given != "" && !slices.Contains(companies, given) && exists(journalPath(j.file, to.label, given)) {
		companies = append(companies, given)
	}
	return companies, nil
}

// several says whether messages need to name the company.
func (all lanes) several() bool { return len(all) > 1 }

// of is the lane of a company; nil where there is none.
func (all lanes) of(company string) *lane {
	if i := slices.IndexFunc(all, func(l *lane) bool { return l.company == company }); i >= 0 {
		return all[i]
	}
	return nil
}

// company is the lane's, for messages, where there are several; else empty.
func (all lanes) company(l *lane) string {
	if !all.several() {
		return ""
	}
	return l.company
}

// in is an error of one lane, with its company where there are several.
func (all lanes) in(l *lane, err error) error {
	if err == nil || !all.several() {
		return err
	}
	return fmt.Errorf("company %s: %w", l.company, err)
}

// read opens all journals without changing them.
func (all lanes) read() error {
	for _, l := range all {
		if err := l.read(); err != nil {
			return all.in(l, err)
		}
	}
	return nil
}

func (l *lane) read() (err error) {
	l.journal, err = readMemory(l.path, l.header)
	return err
}

// close gives all journals back. It may be called again.
func (all lanes) close() error {
	var errs []error
	for _, l := range all {
		if l.done != nil {
			l.done()
			l.done = nil
		}
		if l.journal != nil {
			errs = append(errs, l.journal.Close())
		}
	}
	return errors.Join(errs...)
}

// lock takes the locks of all companies, waiting so long for other runs, and
// reads their journals. Two runs take them in the same order, so that they
// can't wait for each other. Locks that were taken are to be released, whatever
// the error.
func (all lanes) lock(ctx context.Context, say *voice, wait time.Duration, j *job) error {
	until := time.Now().Add(wait)
	inOrder := slices.SortedFunc(slices.Values(all), func(a, b *lane) int { return strings.Compare(a.company, b.company) })
	for _, l := range inOrder {
		if err := l.take(ctx, say, time.Until(until), all.claim(l, j)); err != nil {
			return all.in(l, err)
		}
	}
	return nil
}

// claim says who takes a lock, and how to go on should this run leave unknown
// rows.
func (all lanes) claim(l *lane, j *job) report.Claim {
	again := j.again(l.to)
	if !all.several() && !slices.Contains(j.repeated, "--journal") && !ledger.Is(l.path) {
		again += " --journal " + quoted(absolute(l.path))
	}
	return report.Claim{Server: l.header.Server, Company: l.company, Journal: shown(l.path), Input: j.file, Again: again, Shared: ledger.Is(l.path)}
}

func (l *lane) take(ctx context.Context, say *voice, wait time.Duration, claim report.Claim) (err error) {
	if !ledger.Is(l.path) {
		if err := usableJournal(l.path); err != nil {
			return journalError(err)
		}
	}
	if l.lock, err = takeLock(ctx, say, wait, claim); err != nil {
		return err
	}
	l.left = l.lock.JournalGone // until the journal tells
	if err := l.read(); err != nil {
		l.left = l.left || !belongsElsewhere(err)
		return journalError(err)
	}
	l.left = l.left || l.journal.Unsettled() > 0
	return nil
}

// open opens all journals to go on with them, for a command that calls the API
// as the target says.
func (all lanes) open(ctx context.Context, c console, verb string, o *targetOptions) error {
	if err := all.close(); err != nil {
		return journalError(err)
	}
	for _, l := range all {
		var err error
		l.journal, err = openMemory(ctx, c, verb, l.path, l.header, o.timeout)
		if err == nil {
			l.limiter, l.done, err = o.limiter(l.journal)
		}
		if err != nil {
			return all.in(l, journalError(err))
		}
	}
	return nil
}

// count takes a file's rows in, to tell what each company has to send. --first
// is for the whole file: where there are several companies, each has as many
// as it has among the first rows in sheet order.
func (all lanes) count(first int) func(office.Result) error {
	of, left := make(map[string]*lane, len(all)), first
	for _, l := range all {
		of[l.company] = l
		l.open, l.ready, l.held, l.first = rowSet{}, 0, 0, first
		if first > 0 && all.several() {
			l.first = -1
		}
	}
	return func(r office.Result) error {
		l := of[r.Request.Company]
		if r.Outcome == office.Ready || r.Outcome == office.Unknown {
			l.open.add(r.Request.Row)
		}
		switch {
		case r.Outcome != office.Ready:
		case first > 0 && left == 0:
			l.held++
		default:
			left--
			if l.ready++; first > 0 && all.several() {
				l.first = l.ready
			}
		}
		return nil
	}
}

// settled notes what the run has left unknown, once it is over.
func (all lanes) settled() {
	for _, l := range all {
		l.left = l.journal.Unsettled() > 0 || l.lock.JournalGone && l.journal.Runs() == 0
	}
}

// release lets the next runs in.
func (all lanes) release() error {
	var errs []error
	for _, l := range all {
		if l.lock != nil {
			errs = append(errs, l.lock.Release(l.left))
		}
	}
	return errors.Join(errs...)
}
