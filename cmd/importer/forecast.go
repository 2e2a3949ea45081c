package main

import (
	"officeimporter/internal/mapping"
	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/submit"
)

// forecast judges all rows by the journals alone, before anything is sent, and
// counts them for the lanes: the first so many are to be sent, or all for 0.
// The cover takes in what is to be tried before the rest; nil: nothing is.
//
// Rows are judged before it can be known which rows of a journal have left the
// file, as mostly none has: that saves a pass over the rows. Where some have,
// all are judged again.
func (j *job) forecast(all lanes, o submit.JudgeOptions, first int, cover *office.Cover) (*report.Summary, error) {
	var hasty *report.Summary
	if !j.known {
		judges, err := newJudges(all, o, func(company string) submit.File { return allThere{j.plan.Share(company)} })
		if err != nil {
			return nil, err
		}
		if hasty, err = j.foresee(all, judges, first, cover); err != nil {
			return nil, err
		}
	}
	judges, err := j.judges(all, o)
	if err != nil || hasty != nil && !judges.left() {
		return hasty, err
	}
	return j.foresee(all, judges, first, cover)
}

// allThere takes a file for one that no row has left.
type allThere struct{ mapping.Share }

func (allThere) Has(office.Hash) bool { return true }

func (j *job) foresee(all lanes, judges judges, first int, cover *office.Cover) (*report.Summary, error) {
	summary := new(report.Summary)
	all.introduce(summary, j)
	sinks := []func(office.Result) error{tally(summary), all.count(first)}
	if cover != nil {
		*cover = office.Cover{}
		sinks = append(sinks, trialOf(cover))
	}
	if err := j.results(judges, sinks...); err != nil {
		return nil, err
	}
	summary.Plan = j.plan.ID()
	return summary, nil
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
