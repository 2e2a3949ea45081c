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
	f.nameCompanies(all, summary)
	for _, p := range f.plan.Warnings() {
		summary.Warn(p)
	}
	return summary
}

// columns returns the columns of the sheet, with the fields they fill.
func (f *File) columns() []report.Column {
	columns := make([]report.Column, len(f.plan.Columns()))
	for i, c := range f.plan.Columns() {
		columns[i] = report.Column{Letter: c.Letter, Heading: c.Label(), Use: c.Input, Fields: c.Fields()}
	}
	return columns
}

// readAs says how a text file was read; empty for a workbook.
func readAs(s *sheet.Sheet) string {
	if s.Encoding == "" {
		return ""
	}
	names := map[rune]string{',': "comma", ';': "semicolon", '\t': "tab", '|': "pipe"}
	return fmt.Sprintf("%s, separated by %s", s.Encoding, cmp.Or(names[s.Delimiter], strconv.QuoteRune(s.Delimiter)))
}

// nameCompanies sets the companies of a summary, before rows are counted.
func (f *File) nameCompanies(all companyRuns, s *report.Summary) {
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

// addTo returns a sink that counts rows in a summary.
func addTo(s *report.Summary) sink {
	return func(r office.Result) error { s.Add(r); return nil }
}

// writeReports judges all rows and writes them to the reports, the summary and the sinks. Then complete adds to the
// summary what the rows don't tell.
func (f *File) writeReports(j judge, summary *report.Summary, to []Report, complete func(*report.Summary), sinks ...sink) error {
	files, err := createReports(to, f.workbook())
	if err != nil {
		return err
	}
	rows, err := f.pass(j, append(sinks, files.write, addTo(summary))...)
	if err != nil {
		files.abort()
		return err
	}
	summary.Plan, summary.Read = rows.PlanID(), rows.Len()
	complete(summary)
	return files.commit(summary)
}

// maxGoneRows is how many of the rows that have left the file are listed.
const maxGoneRows = 10

// goneRows returns the rows that are offices but have left the file. For a fix file it returns none, as that never
// has all rows.
func (f *File) goneRows(all companyRuns, judges companyJudges) report.Left {
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
	left.First = left.First[:min(len(left.First), maxGoneRows)]
	return left
}

func (all companyRuns) addJournals(s *report.Summary) {
	for i, c := range all {
		if s.Companies != nil {
			s.Companies[i].Journal = c.journal.Path()
		} else {
			s.Journal = c.journal.Path()
		}
	}
}

// addResults adds to a summary what the rows don't tell about a run.
func (all companyRuns) addResults(s *report.Summary) {
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
