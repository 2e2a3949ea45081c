package importer

import (
	"encoding/hex"
	"fmt"
	"slices"

	"officeimporter/internal/journal"
	"officeimporter/internal/journal/lock"
	"officeimporter/internal/journal/postgres"
	"officeimporter/internal/office"
	"officeimporter/internal/submit"
	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/limit"
)

// companyRun is what a run has for one company: limits, locks and journals are
// per company, so that none waits for another, nor takes its offices for its own.
type companyRun struct {
	company string // DP-Company-ID; empty: the key's own
	path    string // of the journal; empty: there is none
	header  journal.Header
	journal Journal
	lock    *lock.Lock // nil: nothing is sent
	left    bool       // the journal may hold unknown rows

	limiter      *limit.Limiter // nil where nothing is sent
	closeLimiter func()         // gives back what the limiter takes; likewise
	client       *api.Client    // likewise
	submitter    *submit.Submitter

	open        rowSet // rows that a run may send or has to settle
	ready, held int    // rows to send, and those that First holds back
	first       int    // Sending.First, or what of it is this company's; negative: none; 0: no bound
	found       findings
	settled     int   // rows that were in doubt, by all passes of this run
	stopped     error // why its run ended before its end
}

// companyRuns are those of a file's companies, in order of first appearance.
// All but files with a company column have one.
type companyRuns []*companyRun

// companyRuns has one for each company of the file, and the paths of their
// journals; without a server only that of the journal that is named.
func (f *File) companyRuns(to Server, journalPath string) (all companyRuns, err error) {
	companies, err := f.companies(to)
	if err != nil {
		return nil, err
	}
	if journalPath != "" && !postgres.Is(journalPath) && len(companies) > 1 {
		return nil, &OneJournalError{f.path, len(companies)}
	}
	for _, company := range companies {
		c := &companyRun{company: company, path: journalPath}
		if to.URL != nil {
			c.header = f.header(to, company)
		}
		if to.URL != nil && journalPath == "" {
			if c.path, err = ownJournal(f.path, to, company); err != nil {
				return nil, journalError(err)
			}
		}
		all = append(all, c)
	}
	return all, nil
}

func (f *File) header(to Server, company string) journal.Header {
	return journal.Header{Server: to.URL.String(), Company: company, Input: f.path, InputSHA256: hex.EncodeToString(f.sheet.SHA256[:])}
}

// companies are those of the rows. One that is given for rows that name none is
// among them where it has a journal: all of its rows may have left the file.
func (f *File) companies(to Server) ([]string, error) {
	if !f.plan.PerCompany() {
		return []string{f.plan.Company()}, nil
	}
	rows, err := f.survey() // only the rows tell
	if err != nil {
		return nil, err
	}
	companies, given := rows.Companies(), f.plan.Company()
	if given != "" && !slices.Contains(companies, given) && exists(journalPath(f.path, to.Label, given)) {
		companies = append(companies, given)
	}
	return companies, nil
}

// several says whether messages need to name the company.
func (all companyRuns) several() bool { return len(all) > 1 }

// of is the run of a company; nil where there is none.
func (all companyRuns) of(company string) *companyRun {
	if i := slices.IndexFunc(all, func(c *companyRun) bool { return c.company == company }); i >= 0 {
		return all[i]
	}
	return nil
}

// name is the company's, for messages, where there are several; else empty.
func (all companyRuns) name(c *companyRun) string {
	if !all.several() {
		return ""
	}
	return c.company
}

// in is an error of one company's run, with the company where there are several.
func (all companyRuns) in(c *companyRun, err error) error {
	if err == nil || !all.several() {
		return err
	}
	return fmt.Errorf("company %s: %w", c.company, err)
}

// count takes a file's rows in, to tell what each company has to send. A bound
// on the first rows is for the whole file: where there are several companies,
// each has as many as it has among the first rows in sheet order.
func (all companyRuns) count(first int) sink {
	of, left := make(map[string]*companyRun, len(all)), first
	for _, c := range all {
		of[c.company] = c
		c.open, c.ready, c.held, c.first = rowSet{}, 0, 0, first
		if first > 0 && all.several() {
			c.first = -1
		}
	}
	return func(r office.Result) error {
		c := of[r.Request.Company]
		if r.Outcome == office.Ready || r.Outcome == office.Unknown {
			c.open.add(r.Request.Row)
		}
		switch {
		case r.Outcome != office.Ready:
		case first > 0 && left == 0:
			c.held++
		default:
			left--
			if c.ready++; first > 0 && all.several() {
				c.first = c.ready
			}
		}
		return nil
	}
}

// rowSet is a set of row numbers. It takes a bit for each row of the file.
type rowSet []uint64

func (s *rowSet) add(row int) {
	for row/64 >= len(*s) {
		*s = append(*s, 0)
	}
	(*s)[row/64] |= 1 << (row % 64)
}

func (s rowSet) has(row int) bool { return row/64 < len(s) && s[row/64]&(1<<(row%64)) != 0 }
