package book

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/workbook"
)

// The columns of the summary.
const (
	labelColumn = iota + 1
	messageColumn
	suggestionColumn
	countColumn
	whereColumn
)

var summaryWidths = [...]int{labelColumn: 28, messageColumn: 52, suggestionColumn: 44, countColumn: 9, whereColumn: 30}

const summaryWidth = 28 + 52 + 44 + 9 + 30

// summarySheet writes the first sheet.
type summarySheet struct {
	*workbookReport
	pen
	looks summaryLooks
}

func (b *workbookReport) summarize() error {
	if err := b.summaryPage(); err != nil {
		return err
	}
	outcomes := b.summary.PresentOutcomes()
	if !b.simple && len(outcomes) > 0 {
		if err := b.chart(outcomes); err != nil {
			return err
		}
	}
	stream, err := b.file.NewStreamWriter(b.summaryName)
	if err != nil {
		return err
	}
	s := &summarySheet{workbookReport: b, pen: pen{file: b.file, stream: stream, row: 1}}
	s.looks = newSummaryLooks(&s.pen)
	s.top()
	s.counts(outcomes)
	s.facts()
	s.list("Companies", b.summary.CompanyLines())
	s.groups("Problems", &b.summary.Problems)
	s.groups("Warnings", &b.summary.Warnings)
	s.list("Notes", b.summary.Notes)
	s.list("Next", b.summary.Next)
	s.list("This workbook", append(b.remarks, fmt.Sprintf("the sheet %q has a line for each %s of the file", b.resultsName, b.summary.RowNoun())))
	if s.err != nil {
		return s.err
	}
	return stream.Flush()
}

// summaryPage sets up the sheet.
func (b *workbookReport) summaryPage() error {
	if err := b.landscape(b.summaryName); err != nil {
		return err
	}
	if err := b.file.SetSheetView(b.summaryName, 0, &excelize.ViewOptions{ShowGridLines: new(false)}); err != nil {
		return err
	}
	for i, width := range summaryWidths {
		if i == 0 {
			continue
		}
		letter, err := excelize.ColumnNumberToName(i)
		if err != nil {
			return err
		}
		if err := b.file.SetColWidth(b.summaryName, letter, letter, float64(width)); err != nil {
			return err
		}
	}
	return nil
}

// top writes the title and the verdict.
func (s *summarySheet) top() {
	s.across(labelColumn, whereColumn, s.summary.Title(), s.looks.title, summaryWidth/2)
	s.end(28)
	look := s.looks.good
	switch {
	case s.summary.NeedsPerson() > 0 || s.summary.Check() != nil:
		look = s.looks.bad
	case s.summary.Stopped != "" || s.summary.Counts[office.Pending] > 0:
		look = s.looks.open
	}
	verdict := s.summary.Verdict()
	s.across(labelColumn, whereColumn, verdict, look, summaryWidth)
	s.end(10 + workbook.RowHeight(workbook.Lines(verdict, summaryWidth*4/5)))
	s.end(8)
}

// countsRow is the row of the first count.
const countsRow = 5

func (s *summarySheet) counts(outcomes []office.Outcome) {
	s.text(labelColumn, "status", s.looks.head)
	s.text(messageColumn, s.summary.RowNoun()+"s", s.looks.head)
	s.end(0)
	for _, o := range outcomes {
		s.text(labelColumn, o.String(), s.looks.outcomes[o])
		s.number(messageColumn, s.summary.Counts[o], s.looks.number)
		s.end(0)
	}
	s.text(labelColumn, "all", s.looks.label)
	s.number(messageColumn, s.summary.Added, s.looks.number)
	s.end(0)
	s.end(0)
}

func (s *summarySheet) facts() {
	s.section("Facts")
	for _, f := range s.summary.WorkbookFacts() {
		if f[1] == "" {
			continue
		}
		s.text(labelColumn, f[0], s.looks.label)
		s.across(messageColumn, whereColumn, f[1], s.looks.text, summaryWidth-summaryWidths[labelColumn])
		s.end(0)
	}
}

func (s *summarySheet) section(title string) {
	s.end(8)
	s.across(labelColumn, whereColumn, title, s.looks.section, summaryWidth)
	s.end(20)
}

func (s *summarySheet) groups(title string, g *report.Groups) {
	sorted := g.Sorted()
	if len(sorted) == 0 {
		return
	}
	s.section(title)
	for i, name := range []string{"field", "what is wrong", "what would be right", s.summary.RowNoun() + "s", "which"} {
		s.text(i+1, name, s.looks.head)
	}
	s.end(0)
	for _, entry := range sorted {
		s.group(entry)
	}
}

func (s *summarySheet) group(entry *report.Group) {
	message, where := entry.Message, ""
	if entry.Varied {
		message += ", and the like"
	}
	if entry.Rows[0] != 0 {
		where = entry.RowList()
	}
	lines := 1
	for i, text := range []string{entry.Field, message, entry.Suggestion, strconv.Itoa(entry.Count), where} {
		column := i + 1
		lines = max(lines, linesIn(text, summaryWidths[column]))
		s.text(column, text, s.looks.text)
	}
	s.text(labelColumn, entry.Field, s.looks.label)
	if where != "" {
		s.number(countColumn, entry.Count, s.looks.number)
	} else {
		s.text(countColumn, "", s.looks.text)
	}
	s.end(workbook.RowHeight(lines))
}

func (s *summarySheet) list(title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	s.section(title)
	for _, line := range lines {
		s.across(labelColumn, whereColumn, strings.TrimSpace(line), s.looks.text, summaryWidth)
		s.end(0)
	}
}
