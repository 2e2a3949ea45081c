package importer

import (
	"cmp"
	"fmt"

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
func (s *rowSearch) missing(f *File) error {
	why := ""
	switch unit := f.sheet.Unit; {
	case s.row == f.sheet.HeaderRow:
		why = "holds the headings"
	case s.row < f.sheet.HeaderRow:
		why = fmt.Sprintf("stands above the headings, which are in %s %d", unit, f.sheet.HeaderRow)
	case s.before == 0:
		why = fmt.Sprintf("is blank: the first %s below the headings is %d", unit, s.after)
	case s.after == 0:
		why = fmt.Sprintf("is not there: the last one with anything in it is %d", s.before)
	case unit == "line":
		why = fmt.Sprintf("is blank, or belongs to the row that starts on line %d; the next one starts on line %d", s.before, s.after)
	default:
		why = fmt.Sprintf("is blank; next to it are %d and %d", s.before, s.after)
	}
	return &Error{Kind: KindNoSuchRow, Row: cmp.Or(s.before, s.after), Err: fmt.Errorf("%s: %s %d %s", f.path, f.sheet.Unit, s.row, why)}
}
