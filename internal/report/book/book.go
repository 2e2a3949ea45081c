// Package book writes the workbook report: a summary, the results, and the
// user's own workbook with the problems at its cells.
package book

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"officeimporter/internal/atomicfile"
	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/workbook"
)

// writer writes a workbook: a summary, the results, and the user's own
// sheet with the problems at its cells.
type writer struct {
	*atomicfile.File
	rows *rowStore
	user *io.SectionReader // nil: none
}

// New writes a report as a workbook. The own one is the workbook that was
// read, as it was then; nil where the file was none.
func New(f *atomicfile.File, user *io.SectionReader) (report.Writer, error) {
	rows, err := newRowStore()
	if err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	return &writer{File: f, rows: rows, user: user}, nil
}

// Write adds a row.
func (w *writer) Write(r office.Result) error {
	if err := w.rows.add(newReportRow(&r)); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

// Close makes the workbook, and gives it its name.
func (w *writer) Close(s *report.Summary) error {
	content, err := compose(s, w.rows, w.user)
	if err == nil {
		_, err = content.WriteTo(w.File)
	}
	if err != nil {
		_ = w.Abort() // the first error is the one to tell
		return fmt.Errorf("report %s: %w", w.Path(), err)
	}
	return report.Commit(w.File)
}

// compose makes the fullest workbook that leaves the user's own as it was:
// excelize knows most of what a workbook may hold, not all. The sheets of ours
// alone can always be had.
func compose(s *report.Summary, rows *rowStore, user *io.SectionReader) (*bytes.Buffer, error) {
	input, why := readUserWorkbook(s.Sheet, user)
	if input != nil {
		for _, simple := range []bool{false, true} {
			b := &workbookReport{summary: s, rows: rows, input: input, simple: simple}
			content, err := b.make()
			if err == nil {
				return content, nil
			}
			why = err
		}
	}
	b := &workbookReport{summary: s, rows: rows}
	if why != nil {
		b.say("the sheet %q is not in this workbook: %s", s.Sheet, why)
	}
	return b.make()
}

// workbookReport is a workbook in the making.
type workbookReport struct {
	summary *report.Summary
	rows    *rowStore
	input   *userWorkbook // nil: none
	simple  bool          // without what excelize may mix up with something of the user's: a chart, notes

	file    *excelize.File
	painter *workbook.Painter
	first   string // the names of our sheets
	second  string
	remarks []string // on the workbook itself, in its summary
}

func (b *workbookReport) say(format string, args ...any) {
	b.remarks = append(b.remarks, fmt.Sprintf(format, args...))
}

// make writes the workbook into memory. What excelize can't stand, the user's
// sheet may hold: a panic is an error.
func (b *workbookReport) make() (content *bytes.Buffer, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			content, err = nil, fmt.Errorf("it can't be copied: %v", fault)
		}
	}()
	if err := b.open(); err != nil {
		return nil, err
	}
	defer func() { _ = b.file.Close() }() // nothing of it is on disk but temporary files
	for _, step := range []func() error{b.arrange, b.markCells, b.results, b.summarize} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	content = new(bytes.Buffer)
	if _, err := b.file.WriteTo(content); err != nil {
		return nil, err
	}
	return content, b.verify()
}

func (b *workbookReport) open() (err error) {
	b.file = excelize.NewFile()
	if b.input != nil {
		b.file, err = b.input.open()
	}
	if err != nil {
		return err
	}
	b.file.Path = "report.xlsx" // what it is, whatever the user's was: a template, or with macros
	b.painter = workbook.NewPainter(b.file)
	return nil
}

// arrange puts our sheets in front. The user's keep their places among
// themselves, and what is counted by the place of a sheet is counted anew.
func (b *workbookReport) arrange() error {
	if b.input == nil {
		b.first, b.second = "Summary", "Results"
		if err := b.file.SetSheetName("Sheet1", b.first); err != nil {
			return err
		}
		_, err := b.file.NewSheet(b.second)
		return err
	}
	b.first, b.second = b.free("Summary"), b.free("Results")
	for _, name := range []string{b.first, b.second} {
		if _, err := b.file.NewSheet(name); err != nil {
			return err
		}
	}
	const ours = 2
	wb := b.file.WorkBook
	sheets := wb.Sheets.Sheet
	wb.Sheets.Sheet = slices.Concat(sheets[len(sheets)-ours:], sheets[:len(sheets)-ours])
	if wb.DefinedNames != nil {
		for i, name := range wb.DefinedNames.DefinedName {
			if name.LocalSheetID != nil {
				wb.DefinedNames.DefinedName[i].LocalSheetID = new(*name.LocalSheetID + ours)
			}
		}
	}
	if wb.BookViews != nil {
		for i := range wb.BookViews.WorkBookView {
			wb.BookViews.WorkBookView[i].ActiveTab, wb.BookViews.WorkBookView[i].FirstSheet = 0, 0
		}
	}
	return nil
}

// free is a name that no sheet has: NAME, "NAME 2", ...
func (b *workbookReport) free(name string) string {
	free := name
	for n := 2; slices.ContainsFunc(b.file.GetSheetList(), func(s string) bool { return strings.EqualFold(s, free) }); n++ {
		free = fmt.Sprintf("%s %d", name, n)
	}
	return free
}
