package importer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"officeimporter/internal/submit"
)

// findings are what the lists of offices say about a run as a whole, rather than about a single row.
type findings struct {
	company    string // empty if there is only one
	unit       string // row or line
	created    int    // offices that this run created
	surplus    []submit.Surplus
	sum        *submit.Sum // nil if not verified
	unverified error       // why verifying failed; nil if it did not
}

// notes returns the findings in words.
func (f *findings) notes() (lines []string) {
	for _, s := range f.surplus {
		lines = append(lines, fmt.Sprintf("%q in %s (%s %d) is there %d times: offices %s", s.Name, s.Country, f.unit, s.Row, len(s.IDs), strings.Join(s.IDs, ", ")))
	}
	if f.sum != nil {
		lines = append(lines, f.sum.String())
	}
	if missing := f.missing(); len(missing) > 0 {
		lines = append(lines, fmt.Sprintf("created, and not in the list of offices: %s %s; look for them in Dialpad", f.unit, strings.Join(missing, ", ")))
	}
	if f.unverified != nil {
		lines = append(lines, "not verified: "+f.unverified.Error())
	}
	for i := range lines {
		if f.company != "" {
			lines[i] = "company " + f.company + ": " + lines[i]
		}
	}
	return lines
}

func (f *findings) missing() []string {
	if f.sum == nil {
		return nil
	}
	rows := make([]string, len(f.sum.Missing))
	for i, row := range f.sum.Missing {
		rows[i] = strconv.Itoa(row)
	}
	return rows
}

// needLook reports whether a person must look.
func (f *findings) needLook() bool {
	return len(f.surplus) > 0 || len(f.missing()) > 0 || f.unverified != nil
}

func (all companyRuns) needLook() bool {
	return slices.ContainsFunc(all, func(c *companyRun) bool { return c.found.needLook() })
}
