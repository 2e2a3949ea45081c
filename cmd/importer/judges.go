package main

import (
	"fmt"
	"slices"

	"officeimporter/internal/office"
	"officeimporter/internal/submit"
)

// judges say what stands for a row: each by the journal of its company.
type judges map[string]*submit.Judge

// judges makes those for one pass over the rows.
func (j *job) judges(all lanes, o submit.JudgeOptions) (judges, error) {
	if slices.ContainsFunc(all, func(l *lane) bool { return l.journal.Len() > 0 }) {
		if err := j.survey(); err != nil {
			return nil, err
		}
	}
	return newJudges(all, o, func(company string) submit.File { return j.plan.Share(company) })
}

func newJudges(all lanes, o submit.JudgeOptions, file func(company string) submit.File) (judges, error) {
	judges := make(judges, len(all))
	for _, l := range all {
		judge, err := submit.NewJudge(l.journal, file(l.company), o)
		if err != nil {
			return nil, all.in(l, err)
		}
		judges[l.company] = judge
	}
	return judges, nil
}

// left says whether some row of a journal has left the file.
func (all judges) left() bool {
	for _, judge := range all {
		if judge.Leavers().Count > 0 {
			return true
		}
	}
	return false
}

// Judge judges a row. One of which nobody can tell whose it is has no key, and
// stands in no journal.
func (all judges) Judge(r *office.Request) (office.Result, error) {
	if judge := all[r.Company]; judge != nil {
		return judge.Judge(r)
	}
	if r.Valid() {
		return office.Result{}, fmt.Errorf("row %d is of company %q, of which there was no row before", r.Row, r.Company)
	}
	return office.Result{Request: *r, Outcome: office.Invalid}, nil
}
