package main

import (
	"errors"
	"fmt"
	"io/fs"

	"officeimporter/internal/importer"

	"github.com/spf13/cobra"
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
func (a *approval) refuse(c console, f *importer.File, plan string, s subject) error {
	changed := fmt.Errorf("the plan is %s, not %s: rows were added, removed or changed since it was approved", plan, a.plan)
	path := a.reportOf(f.Path())
	diff, err := f.Since(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &hinted{fmt.Errorf("%w; which, can't be told without %s", changed, path), "plan_changed", s.command("check", "--report", quoted(path))}
	case err != nil:
		return &hinted{fmt.Errorf("%w; what is different can't be told: %w", changed, err), "plan_changed", s.command("check")}
	case diff.Empty():
		return &hinted{fmt.Errorf("%w; %s has the rows as they are now, so it is not of the plan that was approved", changed, path), "plan_changed", s.command("check")}
	}
	if c.say.structured {
		c.say.Warn("the plan has changed", "since", path, "added", len(diff.Added), "removed", len(diff.Removed), "changed", len(diff.Changed))
	} else {
		err = writeDiff(c.err, "since "+path, diff)
	}
	return &hinted{errors.Join(err, changed), "plan_changed", s.command("check")}
}

func (a *approval) reportOf(file string) string {
	if a.report != "" {
		return a.report
	}
	return importer.OwnStem(file) + ".check.jsonl"
}
