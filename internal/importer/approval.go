package importer

import (
	"iter"
	"os"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

// Since compares the rows that may be sent with those of a report, made when
// the file was approved. It is an error that wraps fs.ErrNotExist where there
// is no such report.
func (f *File) Since(reportPath string) (*report.Diff, error) {
	if _, err := os.Stat(reportPath); err != nil {
		return nil, err
	}
	return report.Compare(sendable(report.ReadRows(reportPath)), f.Rows((*office.Request).Valid))
}

// sendable leaves out rows that had problems.
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
