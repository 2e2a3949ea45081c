package main

import (
	"fmt"
	"slices"

	"officeimporter/internal/journal"
	"officeimporter/internal/journal/lock"
	"officeimporter/internal/journal/postgres"
	"officeimporter/internal/office"
	"officeimporter/internal/submit"
	"officeimporter/internal/submit/limit"
)

// lane is what a run has for one company: limits, locks and journals are per
// company, so that none waits for another, nor takes its offices for its own.
type lane struct {
	company string // DP-Company-ID; empty: the key's own
	to      server // none where nothing is asked of one
	path    string // of the journal; empty: there is none
	header  journal.Header
	journal memory
	limiter *limit.Limiter // nil where nothing is sent
	done    func()         // gives back what the limiter takes; likewise
	lock    *lock.Lock     // nil: nothing is sent
	left    bool           // the journal may hold unknown rows

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
	if o.journal != "" && !postgres.Is(o.journal) && len(companies) > 1 {
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
