package importer

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/report"
)

func (f *File) newSummary(verb string, all companyRuns) *report.Summary {
	summary := &report.Summary{Verb: verb, Made: time.Now(), File: f.path, SHA256: hex.EncodeToString(f.sheet.SHA256[:]), Sheet: f.sheet.Name, Unit: f.sheet.Unit,
		ReadAs: readAs(f.sheet), Columns: f.columns()}
	f.introduce(all, summary)
	for _, p := range f.plan.Warnings() {
		summary.Warn(p)
	}
	return summary
}

// columns are those of the sheet, with what became of them.
func (f *File) columns() []report.Column {
	columns := make([]report.Column, len(f.plan.Columns()))
	for i, c := range f.plan.Columns() {
		columns[i] = report.Column{Letter: c.Letter, Heading: c.Label(), Use: c.Input, Fields: c.Fields()}
	}
	return columns
}

// readAs says what was found out about a text file.
func readAs(s *sheet.Sheet) string {
	if s.Encoding == "" {
		return ""
	}
	names := map[rune]string{',': "comma", ';': "semicolon", '\t': "tab", '|': "pipe"}
	return fmt.Sprintf("%s, separated by %s", s.Encoding, cmp.Or(names[s.Delimiter], strconv.QuoteRune(s.Delimiter)))
}

// introduce says in a summary whose rows there are, before they are counted.
func (f *File) introduce(all companyRuns, s *report.Summary) {
	if !f.plan.PerCompany() {
		s.Company = all[0].company
		return
	}
	companies := make([]string, len(all))
	for i, c := range all {
		companies[i] = c.company
	}
	s.ByCompany(companies)
}

// into takes rows into a summary.
func into(s *report.Summary) sink {
	return func(r office.Result) error { s.Add(r); return nil }
}

// writeReports judges all rows into the reports and the summary. Once all were
// seen, complete adds to the summary what they don't tell.
func (f *File) writeReports(j judge, summary *report.Summary, to []Report, complete func(*report.Summary), sinks ...sink) error {
	files, err := createReports(to, f.workbook())
	if err != nil {
		return err
	}
	rows, err := f.pass(j, append(sinks, files.write, into(summary))...)
	if err != nil {
		files.abort()
		return err
	}
	summary.Plan, summary.Read = rows.PlanID(), rows.Len()
	complete(summary)
	return files.commit(summary)
}

// mostLeft is how many rows that have left the file are named.
const mostLeft = 10

// left are the rows that are offices and not in the file any more. A fix file
// never has all rows.
func (f *File) left(all companyRuns, judges judges) report.Left {
	left := report.Left{}
	if Stem(f.path) != OwnStem(f.path) {
		return left
	}
	for _, c := range all {
		leavers := judges[c.company].Leavers()
		left.Count += leavers.Count
		for _, r := range leavers.First {
			left.First = append(left.First, report.Row{Row: r.Row, Key: r.Key, Name: r.Name, Country: r.Country})
		}
	}
	left.First = left.First[:min(len(left.First), mostLeft)]
	return left
}

// remember says in a summary where the journals are.
func (all companyRuns) remember(s *report.Summary) {
	for i, c := range all {
		if s.Companies != nil {
			s.Companies[i].Journal = c.journal.Path()
		} else {
			s.Journal = c.journal.Path()
		}
	}
}

// tell says in a summary what came of a run, apart from what its rows tell.
func (all companyRuns) tell(s *report.Summary) {
	for i, c := range all {
		s.New += c.found.created
		s.Notes = append(s.Notes, c.found.notes()...)
		if s.Companies == nil {
			continue
		}
		if s.Companies[i].New = c.found.created; c.stopped != nil {
			s.Companies[i].Stopped = c.stopped.Error()
		}
	}
}
