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

// companyRun is the part of a run for one company. Companies have their own limits, locks and journals, so that none
// waits for another or mistakes another's offices for its own.
type companyRun struct {
	company   string // DP-Company-ID; empty: the company of the API key
	path      string // of the journal; empty: no journal
	header    journal.Header
	journal   Journal
	lock      *lock.Lock // nil if nothing is sent
	unsettled bool       // the journal may hold unknown rows

	limiter      *limit.Limiter // nil if nothing is sent, like the next two
	closeLimiter func()         // frees what the limiter holds
	client       *api.Client
	submitter    *submit.Submitter

	open        rowSet // rows that a run may send or must settle
	ready, held int    // rows to send, and rows that First leaves for later
	first       int    // this company's share of Sending.First; 0: all rows; negative: none
	found       findings
	settled     int   // rows that were in doubt, over all passes of this run
	stopped     error // why the run stopped early; nil if it did not
}

// companyRuns has one run for each company, in the order of their first rows. A file without a company column has
// exactly one.
type companyRuns []*companyRun

// companyRuns returns a run for each company of the file, with the path of its journal. Without a server only a
// journal given by name has a path.
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

// companies returns the companies of the rows. It adds the company given for rows that name none if that has a
// journal: its rows may have left the file since.
func (f *File) companies(to Server) ([]string, error) {
	if !f.plan.PerCompany() {
		return []string{f.plan.Company()}, nil
	}
	rows, err := f.survey() // only the rows say which companies there are
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

// of returns the run of a company; nil if there is none.
func (all companyRuns) of(company string) *companyRun {
	if i := slices.IndexFunc(all, func(c *companyRun) bool { return c.company == company }); i >= 0 {
		return all[i]
	}
	return nil
}

// name returns the company for messages; empty if there is only one.
func (all companyRuns) name(c *companyRun) string {
	if !all.several() {
		return ""
	}
	return c.company
}

// wrap adds the company to an error, if there are several.
func (all companyRuns) wrap(c *companyRun, err error) error {
	if err == nil || !all.several() {
		return err
	}
	return fmt.Errorf("company %s: %w", c.company, err)
}

// count returns a sink that counts what each company has to send. first is about the whole file: each company may
// send the rows it has among the first ones, in sheet order.
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
