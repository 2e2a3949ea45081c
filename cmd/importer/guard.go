package main

import (
	"github.com/spf13/cobra"

	"officeimporter/internal/importer"
)

// guardOptions keep a run from creating what nobody meant.
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

// allow refuses a run that may create too many offices. The journal alone is
// asked: where it is lost, offices that exist count too, for nobody looks when
// a bound such as this is wanted, and a lost journal is worth a look.
func (o *guardOptions) allow(s subject, e importer.Exposure) error {
	if o.maxCreates == 0 || e.Ready+e.Unknown <= o.maxCreates {
		return nil
	}
	return fail("too_many_creates", s.command("check"), "this run would create %s, more than --max-creates %d allows: nothing was sent", e, o.maxCreates)
}
