package main

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"

	"github.com/spf13/cobra"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

// approval is what somebody has looked at and said yes to.
type approval struct {
	plan   string // its id; empty: nothing was approved
	report string // the .jsonl report of the check that was looked at
}

func (a *approval) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&a.plan, "plan", "", "send only if the plan is still exactly this `ID`")
	f.StringVar(&a.report, "approved", "", "`FILE`.jsonl, the check's report that was approved: where --plan no longer holds, the difference to it is told; default: the input's name with .check.jsonl for its ending, where there is one")
}

// covers says whether a plan may be sent.
func (a *approval) covers(plan string) bool { return a.plan == "" || a.plan == plan }

// refuse is the error for a file whose plan is not the approved one any more.
// Before that it tells which rows are not as they were.
func (a *approval) refuse(c console, j *job) error {
	changed := fmt.Errorf("the plan is %s, not %s: rows were added, removed or changed since it was approved", j.plan.ID(), a.plan)
	path := a.reportOf(j.file)
	diff, err := difference(path, j)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &hinted{fmt.Errorf("%w; which, can't be told without %s", changed, path), "plan_changed", j.command("check", "--report", quoted(path))}
	case err != nil:
		return &hinted{fmt.Errorf("%w; what is different can't be told: %w", changed, err), "plan_changed", j.command("check")}
	case diff.Empty():
		return &hinted{fmt.Errorf("%w; %s has the rows as they are now, so it is not of the plan that was approved", changed, path), "plan_changed", j.command("check")}
	}
	if c.say.structured {
		c.say.Warn("the plan has changed", "since", path, "added", len(diff.Added), "removed", len(diff.Removed), "changed", len(diff.Changed))
	} else {
		err = writeDiff(c.err, "since "+path, diff)
	}
	return &hinted{errors.Join(err, changed), "plan_changed", j.command("check")}
}

func (a *approval) reportOf(file string) string {
	if a.report != "" {
		return a.report
	}
	return ownStem(file) + ".check.jsonl"
}

// difference compares the rows that might be sent, then and now.
func difference(path string, j *job) (*report.Diff, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	return report.Compare(sendable(report.ReadRows(path)), j.rows((*office.Request).Valid))
}

// sendable leaves out rows that had problems.
func sendable(rows iter.Seq2[report.Row, error]) iter.Seq2[report.Row, error] {
	return func(yield func(report.Row, error) bool) {
		for r, err := range rows {
			if err == nil && r.Status == office.Invalid.String() {
				continue
			}
			if !yield(r, err) {
				return
			}
		}
	}
}
