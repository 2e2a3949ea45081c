package main

import (
	"fmt"
	"strings"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

// mostShown is of how many companies the question tells what each gets.
const mostShown = 20

// showCompanies says what a run creates for each company.
func showCompanies(c console, forecast *report.Summary) {
	for i, company := range forecast.Companies {
		if i == mostShown {
			fmt.Fprintf(c.err, "  and %d more\n", len(forecast.Companies)-i)
			return
		}
		fmt.Fprintf(c.err, "  company %s: %s\n", company.Company, ahead(company))
	}
}

// ahead is such as "40 to create, 2 invalid".
func ahead(company *report.CompanySummary) string {
	var parts []string
	for _, o := range office.Outcomes() {
		switch n := company.Count(o); {
		case o == office.Ready:
			parts = append(parts, fmt.Sprintf("%d to create", n))
		case n > 0:
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

// longest is how many rows the slowest company has: limits are per company. A
// share of all rows is the least, as no more than so many run side by side.
func (s stake) longest(forecast *report.Summary) int {
	if len(forecast.Companies) == 0 {
		return s.ready + s.unknown
	}
	longest := 0
	for _, company := range forecast.Companies {
		longest = max(longest, company.Count(office.Ready)+company.Count(office.Unknown))
	}
	return min(s.ready+s.unknown, max(longest, (s.ready+s.unknown)/sideBySide))
}
