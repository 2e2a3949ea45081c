package main

import (
	"cmp"
	"fmt"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

// stake is how many offices a run may create: those that are missing, and those
// that are unknown, which it looks up and sends again if they are not there.
type stake struct {
	ready, unknown int
}

func (s stake) String() string {
	text := report.Counted(s.ready+s.unknown, "office")
	if s.unknown > 0 {
		return "up to " + text
	}
	return text
}

// confirm shows what would be done, and asks, unless nothing can be sent.
func (o *runOptions) confirm(c console, j *job, all lanes, to server, forecast *report.Summary, try trial) error {
	s := stake{forecast.Count(office.Ready), forecast.Count(office.Unknown)}
	s.ready = min(s.ready, cmp.Or(o.send.first, s.ready))
	c.say.event("start", "file", j.file, "plan", forecast.Plan, "server", to.label, "company", forecast.Company, "ready", s.ready, "unknown", s.unknown,
		"invalid", forecast.Count(office.Invalid), "canary", len(try), "rate", o.target.rate, "workers", o.send.workers)
	for i, company := range forecast.Companies {
		c.say.event("company", "company", company.Company, "ready", all[i].ready, "unknown", company.Count(office.Unknown), "invalid", company.Count(office.Invalid))
	}
	if s == (stake{}) {
		return nil
	}
	if err := o.guard.allow(j, s); err != nil {
		return err
	}
	if !o.output.quiet && !c.say.structured {
		o.show(c, all, to, s, forecast, try)
	}
	if o.yes {
		return nil
	}
	if _, ok := terminalOf(c.in); !ok {
		return fail("not_confirmed", j.command("run", "--server", o.target.server, "--yes"), "nobody is there to ask, and --yes is not given: nothing was sent")
	}
	if try != nil {
		s.ready = len(try)
	}
	fmt.Fprintf(c.err, "Type yes to create %s: ", s)
	if !saysYes(c) {
		return fail("not_confirmed", "", "not confirmed: nothing was sent")
	}
	return nil
}

func (o *runOptions) show(c console, all lanes, to server, s stake, forecast *report.Summary, try trial) {
	fmt.Fprintf(c.err, "This run creates %s at %s (%s)", s, to.label, to.url.Host)
	switch {
	case forecast.Company != "":
		fmt.Fprintf(c.err, " for company %s", forecast.Company)
	case len(forecast.Companies) > 0:
		fmt.Fprintf(c.err, " for %s", countedCompanies(len(forecast.Companies)))
	}
	fmt.Fprintf(c.err, ", plan %s, about %s.\n", forecast.Plan, report.Spell(duration(all.longest(forecast), o.target.rate)))
	all.show(c, forecast)
	o.showTrial(c, try)
	if s.unknown > 0 {
		fmt.Fprintf(c.err, "%s unknown: looked up first, and sent again only if no such office is there.\n", report.Counted(s.unknown, "row"))
	}
	if left := forecast.Count(office.Invalid); left > 0 {
		fmt.Fprintf(c.err, "%s with problems will be left out.\n", report.Counted(left, "row"))
	}
	if to.label == "sandbox" {
		fmt.Fprintln(c.err, "A standard sandbox holds one office: creating others there may be refused.")
	}
	fmt.Fprintln(c.err, "An office costs money and can't be deleted through the API.")
}

func (o *runOptions) showTrial(c console, try trial) {
	switch {
	case try != nil:
		fmt.Fprintf(c.err, "Canary: %s first (%s), which have between them every country, field and valid value not created before; then it stops%s.\n", report.Counted(len(try), "row"), try.rows(), o.orAsks(c))
	case o.guard.canary:
		fmt.Fprintln(c.err, "Canary: every country, field and valid value of these rows was created before, so there is nothing to try first.")
	}
}
