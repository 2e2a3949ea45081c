package main

import (
	"cmp"
	"fmt"
	"strconv"

	"officeimporter/internal/office"
)

// rowSearch finds a row, and the rows next to where it should be.
type rowSearch struct {
	row           int
	before, after int // 0: none
	result        *office.Result
}

func (s *rowSearch) take(r office.Result) error {
	switch n := r.Request.Row; {
	case n == s.row:
		s.result = &r
	case n < s.row:
		s.before = n
	case s.after == 0:
		s.after = n
	}
	return nil
}

// missing says why there is no such row.
func (s *rowSearch) missing(j *job) error {
	why := ""
	switch unit := j.sheet.Unit; {
	case s.row == j.sheet.HeaderRow:
		why = "holds the headings"
	case s.row < j.sheet.HeaderRow:
		why = fmt.Sprintf("stands above the headings, which are in %s %d", unit, j.sheet.HeaderRow)
	case s.before == 0:
		why = fmt.Sprintf("is blank: the first %s below the headings is %d", unit, s.after)
	case s.after == 0:
		why = fmt.Sprintf("is not there: the last one with anything in it is %d", s.before)
	case unit == "line":
		why = fmt.Sprintf("is blank, or belongs to the row that starts on line %d; the next one starts on line %d", s.before, s.after)
	default:
		why = fmt.Sprintf("is blank; next to it are %d and %d", s.before, s.after)
	}
	near := strconv.Itoa(cmp.Or(s.before, s.after))
	return fail("no_such_row", j.command("explain", near), "%s: %s %d %s", j.file, j.sheet.Unit, s.row, why)
}
