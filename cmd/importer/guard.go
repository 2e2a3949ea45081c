package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"officeimporter/internal/importer"
)

// guardOptions are the flags that keep a run from creating more than was meant.
type guardOptions struct {
	canary     bool
	verify     bool
	maxCreates int
}

func (o *guardOptions) flags(c *cobra.Command) {
	f := c.Flags()
	f.BoolVar(&o.canary, "canary", false, "first the fewest rows that have every country, field and valid value; then stop (exit 3), or ask at a terminal")
	f.BoolVar(&o.verify, "verify", false, "at the end list all offices once more, and hold what was created against it")
	f.IntVar(&o.maxCreates, "max-creates", 0, "refuse (exit 2) if more than `N` offices would be created; 0: no bound")
}

func (o *guardOptions) check(send *sendOptions) error {
	if o.maxCreates < 0 {
		return fail("usage", "--max-creates 20", "--max-creates %d: it can't be negative", o.maxCreates)
	}
	if o.canary && send.first > 0 {
		return fail("usage", "", "--canary and --first both choose which rows to send: give one of them")
	}
	return nil
}

// allow refuses a run that may create too many offices. It goes by the journal alone. If the journal is lost, offices
// that exist already count too, which is on purpose: a lost journal is worth a look.
func (o *guardOptions) allow(s subject, e importer.Exposure) error {
	if o.maxCreates == 0 || e.Ready+e.Unknown <= o.maxCreates {
		return nil
	}
	return fail("too_many_creates", s.command("check"), "this run would create %s, more than --max-creates %d allows: nothing was sent", e, o.maxCreates)
}

// approval is the plan that somebody has reviewed and approved.
type approval struct {
	plan   string // its id; empty: nothing was approved
	report string // the .jsonl report of the check that was reviewed
}

func (a *approval) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&a.plan, "plan", "", "send only if the plan is still exactly this `ID`")
	f.StringVar(&a.report, "approved", "", "`FILE`.jsonl, the check's report that was approved: where --plan no longer holds, the difference to it is told; default: the input's name with .check.jsonl for its ending, where there is one")
}

// covers reports whether a plan may be sent.
func (a *approval) covers(plan string) bool { return a.plan == "" || a.plan == plan }

// refuse returns the error for a file whose plan is no longer the approved one. Before that it shows which rows have
// changed.
func (a *approval) refuse(c console, f *importer.File, plan string, s subject) error {
	changed := fmt.Errorf("the plan is %s, not %s: rows were added, removed or changed since it was approved", plan, a.plan)
	path := a.report
	if path == "" {
		path = importer.OwnStem(f.Path()) + ".check.jsonl"
	}
	diff, err := f.ChangesSince(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fail("plan_changed", s.command("check", "--report", quoted(path)), "%w; which, can't be told without %s", changed, path)
	case err != nil:
		return fail("plan_changed", s.command("check"), "%w; what is different can't be told: %w", changed, err)
	case diff.Empty():
		return fail("plan_changed", s.command("check"), "%w; %s has the rows as they are now, so it is not of the plan that was approved", changed, path)
	}
	if c.log.structured {
		c.log.Warn("the plan has changed", "since", path, "added", len(diff.Added), "removed", len(diff.Removed), "changed", len(diff.Changed))
	} else {
		err = writeDiff(c.err, "since "+path, diff)
	}
	return &hinted{errors.Join(err, changed), "plan_changed", s.command("check")}
}
