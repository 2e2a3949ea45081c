// Package book writes the workbook report: a summary, the results, and the user's own workbook with the problems
// marked in its cells.
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

type writer struct {
	*atomicfile.File
	rows *rowStore
	user *io.SectionReader // nil: none
}

// New returns a Writer of the workbook report. The user's workbook is the one that was imported, as it was then; nil
// if the file wasn't a workbook.
func New(f *atomicfile.File, user *io.SectionReader) (report.Writer, error) {
	rows, err := newRowStore()
	if err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	return &writer{File: f, rows: rows, user: user}, nil
}

// Write implements report.Writer.
func (w *writer) Write(r office.Result) error {
	if err := w.rows.add(newReportRow(&r)); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

// Close implements report.Writer.
func (w *writer) Close(s *report.Summary) error {
	content, err := compose(s, w.rows, w.user)
	if err == nil {
		_, err = content.WriteTo(w.File)
	}
	if err != nil {
		_ = w.Abort() // the first error is the one to report
		return fmt.Errorf("report %s: %w", w.Path(), err)
	}
	return report.Commit(w.File)
}

// compose makes the fullest workbook that keeps the user's part as it was. excelize doesn't support everything a
// workbook may contain, so it tries without chart and comments next, and then without the user's part.
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
	simple  bool          // without chart and comments, which excelize may mix up with the user's

	file        *excelize.File
	painter     *workbook.Painter
	summaryName string // names of our sheets
	resultsName string
	remarks     []string // about the workbook, shown in its summary
}

func (b *workbookReport) say(format string, args ...any) {
	b.remarks = append(b.remarks, fmt.Sprintf(format, args...))
}

// make writes the workbook into memory. excelize may panic on something in the user's workbook; that becomes an
// error.
func (b *workbookReport) make() (content *bytes.Buffer, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			content, err = nil, fmt.Errorf("it can't be copied: %v", fault)
		}
	}()
	if err := b.open(); err != nil {
		return nil, err
	}
	defer func() { _ = b.file.Close() }() // it has only temporary files on disk
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
	b.file.Path = "report.xlsx" // an .xlsx, even if the user's is a template or has macros
	b.painter = workbook.NewPainter(b.file)
	return nil
}

// arrange puts our sheets first. The user's sheets keep their order, and what refers to a sheet by its position is
// adjusted.
func (b *workbookReport) arrange() error {
	if b.input == nil {
		b.summaryName, b.resultsName = "Summary", "Results"
		if err := b.file.SetSheetName("Sheet1", b.summaryName); err != nil {
			return err
		}
		_, err := b.file.NewSheet(b.resultsName)
		return err
	}
	b.summaryName, b.resultsName = b.free("Summary"), b.free("Results")
	for _, name := range []string{b.summaryName, b.resultsName} {
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

// free returns a name that no sheet has: NAME, "NAME 2", ...
func (b *workbookReport) free(name string) string {
	free := name
	for n := 2; slices.ContainsFunc(b.file.GetSheetList(), func(s string) bool { return strings.EqualFold(s, free) }); n++ {
		free = fmt.Sprintf("%s %d", name, n)
	}
	return free
}
