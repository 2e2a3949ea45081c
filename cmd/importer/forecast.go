package main

import (
	"officeimporter/internal/mapping"
	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/submit"
)

// forecast judges all rows by the journal alone, before anything is sent. The
// cover takes in what is to be tried first; nil: nothing is.
//
// Rows are judged before it can be known which rows of the journal have left
// the file, as mostly none has: that saves a pass over the rows. Where some
// have, all are judged again.
func (j *job) forecast(journal *report.Journal, o submit.JudgeOptions, cover *office.Cover) (*report.Summary, error) {
	if j.known {
		return j.foresee(journal, j.plan, o, cover)
	}
	summary, err := j.foresee(journal, allThere{j.plan}, o, cover)
	if err != nil {
		return nil, err
	}
	judge, err := submit.NewJudge(journal, j.plan, o)
	if err == nil && judge.Leavers().Count > 0 {
		summary, err = j.foresee(journal, j.plan, o, cover)
	}
	return summary, err
}

// allThere takes a file for one that no row has left.
type allThere struct{ *mapping.Plan }

func (allThere) Has(office.Hash) bool { return true }

func (j *job) foresee(journal *report.Journal, file submit.File, o submit.JudgeOptions, cover *office.Cover) (*report.Summary, error) {
	judge, err := submit.NewJudge(journal, file, o)
	if err != nil {
		return nil, err
	}
	summary := new(report.Summary)
	j.open = rowSet{}
	sinks := []func(office.Result) error{tally(summary), j.open.take}
	if cover != nil {
		*cover = office.Cover{}
		sinks = append(sinks, trialOf(cover))
	}
	if err := j.results(judge, sinks...); err != nil {
		return nil, err
	}
	summary.Plan = j.plan.ID()
	return summary, nil
}

// rowSet is a set of row numbers. It takes a bit for each row of the file.
type rowSet []uint64

// take adds a row that a run may send, or has to settle.
func (s *rowSet) take(r office.Result) error {
	if r.Outcome == office.Ready || r.Outcome == office.Unknown {
		s.add(r.Request.Row)
	}
	return nil
}

func (s *rowSet) add(row int) {
	for row/64 >= len(*s) {
		*s = append(*s, 0)
	}
	(*s)[row/64] |= 1 << (row % 64)
}

func (s rowSet) has(row int) bool { return row/64 < len(s) && s[row/64]&(1<<(row%64)) != 0 }
