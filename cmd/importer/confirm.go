package main

import (
	"bufio"
	"fmt"
	"strings"

	"officeimporter/internal/importer"
	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

// confirm refuses a plan that was not approved, shows what the run will do, and asks. It asks nothing if there is
// nothing to send.
func (o *runOptions) confirm(c console, f *importer.File, to importer.Server, forecast *importer.Forecast) error {
	if !o.approval.covers(forecast.Plan) {
		return o.approval.refuse(c, f, forecast.Plan, o.input.of(f.Path()))
	}
	o.logStart(c.log, f.Path(), to, forecast)
	exposure := forecast.Exposure
	if exposure == (importer.Exposure{}) {
		return nil
	}
	if err := o.guard.allow(o.input.of(f.Path()), exposure); err != nil {
		return err
	}
	if !o.output.quiet && !c.log.structured {
		o.show(c, to, forecast)
	}
	if o.yes {
		return nil
	}
	if _, ok := terminalOf(c.in); !ok {
		return fail("not_confirmed", o.input.of(f.Path()).command("run", "--server", o.target.server, "--yes"), "nobody is there to ask, and --yes is not given: nothing was sent")
	}
	if forecast.Canary != nil {
		exposure.Ready = len(forecast.Canary)
	}
	fmt.Fprintf(c.err, "Type yes to create %s: ", exposure)
	if !saysYes(c) {
		return fail("not_confirmed", "", "not confirmed: nothing was sent")
	}
	return nil
}

func (o *runOptions) logStart(log *logger, path string, to importer.Server, forecast *importer.Forecast) {
	log.event("start", "file", path, "plan", forecast.Plan, "server", to.Label, "company", forecast.Company,
		"ready", forecast.Exposure.Ready, "unknown", forecast.Exposure.Unknown, "invalid", forecast.Count(office.Invalid), "canary", len(forecast.Canary), "rate", o.target.rate, "workers", o.send.workers)
	for i, company := range forecast.Companies {
		log.event("company", "company", company.Company, "ready", forecast.Each[i].Ready,
			"unknown", company.Count(office.Unknown), "invalid", company.Count(office.Invalid))
	}
}

func (o *runOptions) show(c console, to importer.Server, forecast *importer.Forecast) {
	fmt.Fprintf(c.err, "This run creates %s at %s (%s)", forecast.Exposure, to.Label, to.URL.Host)
	switch {
	case forecast.Company != "":
		fmt.Fprintf(c.err, " for company %s", forecast.Company)
	case len(forecast.Companies) > 0:
		fmt.Fprintf(c.err, " for %s", countedCompanies(len(forecast.Companies)))
	}
	fmt.Fprintf(c.err, ", plan %s, about %s.\n", forecast.Plan, report.Spell(importer.SendingTime(forecast.Longest, o.target.rate)))
	showCompanies(c, forecast)
	o.showCanary(c, forecast.Canary)
	if n := forecast.Exposure.Unknown; n > 0 {
		fmt.Fprintf(c.err, "%s unknown: looked up first, and sent again only if no such office is there.\n", report.Counted(n, "row"))
	}
	if left := forecast.Count(office.Invalid); left > 0 {
		fmt.Fprintf(c.err, "%s with problems will be left out.\n", report.Counted(left, "row"))
	}
	if to.Label == "sandbox" {
		fmt.Fprintln(c.err, "A standard sandbox holds one office: creating others there may be refused.")
	}
	fmt.Fprintln(c.err, "An office costs money and can't be deleted through the API.")
}

// maxCompanies is how many companies are listed before the question.
const maxCompanies = 20

// showCompanies lists what the run will create for each company.
func showCompanies(c console, forecast *importer.Forecast) {
	for i, company := range forecast.Companies {
		if i == maxCompanies {
			fmt.Fprintf(c.err, "  and %d more\n", len(forecast.Companies)-i)
			return
		}
		fmt.Fprintf(c.err, "  company %s: %s\n", company.Company, companyForecast(forecast.Each[i], company))
	}
}

// companyForecast returns text such as "40 to create, 2 invalid".
func companyForecast(f importer.CompanyForecast, company *report.CompanySummary) string {
	parts := []string{fmt.Sprintf("%d to create", f.Ready)}
	if f.Held > 0 {
		parts = append(parts, fmt.Sprintf("%d later", f.Held))
	}
	for _, o := range office.Outcomes() {
		if n := company.Count(o); n > 0 && o != office.Ready {
			parts = append(parts, fmt.Sprintf("%d %s", n, o))
		}
	}
	return strings.Join(parts, ", ")
}

func countedCompanies(n int) string {
	if n == 1 {
		return "1 company"
	}
	return fmt.Sprintf("%d companies", n)
}

func (o *runOptions) showCanary(c console, canary importer.Canary) {
	asks := ""
	if o.asks(c) {
		asks = ", and asks again"
	}
	switch {
	case canary != nil:
		fmt.Fprintf(c.err, "Canary: %s first (%s), which have between them every country, field and valid value not created before; then it stops%s.\n",
			report.Counted(len(canary), "row"), canary.Rows(), asks)
	case o.guard.canary:
		fmt.Fprintln(c.err, "Canary: every country, field and valid value of these rows was created before, so there is nothing to try first.")
	}
}

// asks reports whether there is somebody to ask, and whether the flags allow it.
func (o *runOptions) asks(c console) bool {
	_, terminal := terminalOf(c.in)
	return terminal && !o.yes
}

// goOn asks whether to send the rest, once the report of the canary is written. If it can't or mustn't ask, the
// answer is no.
func (o *runOptions) goOn(c console, rest int) bool {
	if !o.asks(c) {
		return false
	}
	fmt.Fprintf(c.err, "The canary's rows are in the report. Type yes to create the other %s: ", report.Counted(rest, "office"))
	return saysYes(c)
}

// saysYes reads one answer from the terminal.
func saysYes(c console) bool {
	answer, _ := bufio.NewReader(c.in).ReadString('\n')
	return strings.ToLower(strings.TrimSpace(answer)) == "yes"
}
