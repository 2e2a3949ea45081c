package main

import (
	"fmt"
	"strings"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

// mostShown is of how many companies the question tells what each gets.
const mostShown = 20

// show says what a run creates for each company.
func (all lanes) show(c console, forecast *report.Summary) {
	for i, company := range forecast.Companies {
		if i == mostShown {
			fmt.Fprintf(c.err, "  and %d more\n", len(forecast.Companies)-i)
			return
		}
		fmt.Fprintf(c.err, "  company %s: %s\n", company.Company, all[i].ahead(company))
	}
}

// ahead is such as "40 to create, 2 invalid".
func (l *lane) ahead(company *report.CompanySummary) string {
	parts := []string{fmt.Sprintf("%d to create", l.ready)}
	if l.held > 0 {
		parts = append(parts, fmt.Sprintf("%d later", l.held))
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

// longest is how many rows the company has that takes longest: limits are per
// company. All rows shared by as many as run side by side are the least.
func (all lanes) longest(forecast *report.Summary) int {
	longest, sum := 0, forecast.Count(office.Unknown)
	for _, l := range all {
		longest = max(longest, l.ready)
		sum += l.ready
	}
	if len(all) <= 1 {
		return sum
	}
	return max(longest, sum/sideBySide)
}
