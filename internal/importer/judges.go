package importer

import (
	"fmt"
	"slices"

	"officeimporter/internal/mapping"
	"officeimporter/internal/office"
	"officeimporter/internal/submit"
)

// companyJudges has a judge for each company, which compares rows with its journal.
type companyJudges map[string]*submit.Judge

// judgesFor returns the judges for one pass over the rows. If a journal has rows or there will be a list of offices, it
// reads all rows first: judging then depends on which rows have left the file, and how often a name is in it.
func (f *File) judgesFor(all companyRuns, o submit.JudgeOptions, listed bool) (companyJudges, error) {
	if f.rows == nil && !listed && !slices.ContainsFunc(all, func(c *companyRun) bool { return c.journal.Len() > 0 }) {
		return newJudges(all, o, nothingGone)
	}
	rows, err := f.survey()
	if err != nil {
		return nil, err
	}
	return newJudges(all, o, sharesOf(rows))
}

func sharesOf(rows *mapping.Rows) func(company string) submit.File {
	return func(company string) submit.File { return rows.Of(company) }
}

// nothingGone is for a file that no row has left.
func nothingGone(string) submit.File { return everyRow{} }

type everyRow struct{}

func (everyRow) Has(office.Hash) bool     { return true }
func (everyRow) SameName(office.Name) int { return 0 }

func newJudges(all companyRuns, o submit.JudgeOptions, file func(company string) submit.File) (companyJudges, error) {
	judges := make(companyJudges, len(all))
	for _, c := range all {
		judge, err := submit.NewJudge(c.journal, file(c.company), o)
		if err != nil {
			return nil, all.wrap(c, err)
		}
		judges[c.company] = judge
	}
	return judges, nil
}

// anyGone reports whether a row of a journal has left the file.
func (all companyJudges) anyGone() bool {
	for _, judge := range all {
		if judge.Leavers().Count > 0 {
			return true
		}
	}
	return false
}

// judge judges a row. A row whose company is not known is invalid, and in no journal.
func (all companyJudges) judge(r *office.Request) (office.Result, error) {
	if judge := all[r.Company]; judge != nil {
		return judge.Judge(r)
	}
	if r.Valid() {
		return office.Result{}, fmt.Errorf("row %d is of company %q, which had no row before", r.Row, r.Company)
	}
	return office.Result{Request: *r, Outcome: office.Invalid}, nil
}

// afterRun judges rows after sending: a row that is still ready is pending.
func (all companyJudges) afterRun(r *office.Request) (office.Result, error) {
	result, err := all.judge(r)
	if result.Outcome == office.Ready {
		result.Outcome = office.Pending
	}
	return result, err
}
