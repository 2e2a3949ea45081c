package importer

import (
	"iter"
	"os"

	"officeimporter/internal/mapping"
	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

// survey reads all rows. Only the first call reads, and only that calls each.
func (f *File) survey(each ...func(*office.Request) error) (rows *mapping.Rows, err error) {
	if f.rows == nil {
		f.rows, err = f.plan.Survey(each...)
	}
	return f.rows, err
}

// judge returns what became of a row, or what would.
type judge func(*office.Request) (office.Result, error)

// sink takes judged rows.
type sink func(office.Result) error

// feed returns a function that judges a row and hands it to all sinks.
func (j judge) feed(sinks ...sink) func(*office.Request) error {
	return func(r *office.Request) error {
		result, err := j(r)
		if err != nil {
			return err
		}
		for _, take := range sinks {
			if err := take(result); err != nil {
				return err
			}
		}
		return nil
	}
}

// pass judges all rows and hands them to all sinks, in sheet order.
func (f *File) pass(j judge, sinks ...sink) (*mapping.Rows, error) {
	take := j.feed(sinks...)
	if f.rows == nil {
		return f.survey(take)
	}
	for r, err := range f.rows.All() {
		if err == nil {
			err = take(r)
		}
		if err != nil {
			return nil, err
		}
	}
	return f.rows, nil
}

// Rows returns the wanted rows in the form that report.Compare takes. A row with problems has what could be read.
func (f *File) Rows(wanted func(*office.Request) bool) iter.Seq2[report.Row, error] {
	return func(yield func(report.Row, error) bool) {
		for r, err := range f.plan.Requests() {
			if err == nil && !wanted(r) {
				continue
			}
			var row report.Row
			if err == nil {
				row, err = rowOf(r)
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

func rowOf(r *office.Request) (report.Row, error) {
	body, err := r.Body, error(nil)
	if body == nil {
		body, err = office.Body(&r.Office)
	}
	return report.Row{Row: r.Row, Key: r.Key, Name: r.Office.Name, Country: r.Office.Country, Body: body}, err
}

// ChangesSince compares the rows that may be sent now with the report of the check that was approved. If there is no
// such report, the error wraps fs.ErrNotExist.
func (f *File) ChangesSince(reportPath string) (*report.Diff, error) {
	if _, err := os.Stat(reportPath); err != nil {
		return nil, err
	}
	return report.Compare(sendable(report.ReadRows(reportPath)), f.Rows((*office.Request).Valid))
}

// sendable leaves out rows with problems.
func sendable(rows iter.Seq2[report.Row, error]) iter.Seq2[report.Row, error] {
	return func(yield func(report.Row, error) bool) {
		for r, err := range rows {
			if err == nil && r.Status == office.Invalid.String() {
				continue
			}
			if !yield(r, err) {
				return
			}
		}
	}
}
