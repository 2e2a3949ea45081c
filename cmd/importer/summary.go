package main

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

// judging is what says what stands for a row.
type judging interface {
	Judge(*office.Request) (office.Result, error)
}

func (j *job) newSummary(verb string, all lanes) *report.Summary {
	summary := &report.Summary{Verb: verb, Made: time.Now(), File: j.file, SHA256: hex.EncodeToString(j.sheet.SHA256[:]), Sheet: j.sheet.Name, Unit: j.sheet.Unit,
		ReadAs: readAs(j.sheet), Columns: j.columns()}
	all.introduce(summary, j)
	for _, p := range j.plan.Warnings() {
		summary.Warn(p)
	}
	return summary
}

// columns are those of the sheet, with what became of them.
func (j *job) columns() []report.Column {
	columns := make([]report.Column, len(j.plan.Columns()))
	for i, c := range j.plan.Columns() {
		columns[i] = report.Column{Letter: c.Letter, Heading: c.Label(), Use: c.Input, Fields: c.Fields()}
	}
	return columns
}

// readAs says what was found out about a text file.
func readAs(sheet *sheet.Sheet) string {
	if sheet.Encoding == "" {
		return ""
	}
	names := map[rune]string{',': "comma", ';': "semicolon", '\t': "tab", '|': "pipe"}
	return fmt.Sprintf("%s, separated by %s", sheet.Encoding, cmp.Or(names[sheet.Delimiter], strconv.QuoteRune(sheet.Delimiter)))
}

// tally takes rows into a summary.
func tally(s *report.Summary) func(office.Result) error {
	return func(r office.Result) error { s.Add(r); return nil }
}

// writeReports judges all rows into the reports and the summary. Once all were
// seen, complete adds to the summary what they don't tell.
func (j *job) writeReports(judge judging, summary *report.Summary, paths []reportPath, complete func(*report.Summary), sinks ...func(office.Result) error) error {
	files, err := createReports(paths, j.ownWorkbook())
	if err != nil {
		return err
	}
	if err := j.results(judge, append(sinks, files.write, tally(summary))...); err != nil {
		files.abort()
		return err
	}
	summary.Plan, summary.Read = j.plan.ID(), j.plan.Len()
	complete(summary)
	return files.commit(summary)
}

// mostLeft is how many rows that have left the file are named.
const mostLeft = 10

// left are the rows that are offices and not in the file any more. A fix file
// never has all rows.
func (j *job) left(all lanes, judges judges) report.Left {
	if stem(j.file) != ownStem(j.file) {
		return report.Left{}
	}
	left := report.Left{}
	for _, l := range all {
		leavers := judges[l.company].Leavers()
		left.Count += leavers.Count
		for _, r := range leavers.First {
			left.First = append(left.First, report.Row{Row: r.Row, Key: r.Key, Name: r.Name, Country: r.Country})
		}
	}
	left.First = left.First[:min(len(left.First), mostLeft)]
	return left
}

// endOf is what a log says of a run that is over.
func endOf(s *report.Summary) []any {
	attributes := []any{"read", s.Read, "new", s.New, "left", s.Left.Count}
	for _, o := range office.Outcomes() {
		attributes = append(attributes, o.String(), s.Count(o))
	}
	return append(attributes, "notes", s.Notes, "reports", s.Reports)
}

// status is the exit status of a job that came to its end, or of a report of
// one that did not: then rows are pending.
func (j *job) status(s *report.Summary) error {
	if err := s.Check(); err != nil {
		return err
	}
	if s.NeedsPerson() > 0 {
		return statusError(exitPerson)
	}
	if s.Count(office.Pending) > 0 {
		return statusError(exitStopped)
	}
	return nil
}

func (o *checkOptions) next(j *job, s *report.Summary) []string {
	switch {
	case s.Fix != "":
		return []string{"mend the rows in " + s.Fix + ", and check that", j.fixCommand("check", s.Fix)}
	case s.NeedsPerson() > 0:
		return []string{"mend the rows with problems, and check again", j.command("check")}
	}
	return []string{o.planned(j, s)}
}

// planned is what to type to send exactly what was checked.
func (o *checkOptions) planned(j *job, s *report.Summary) string {
	return j.command("run", "--server", cmp.Or(o.target.server, "production"), "--plan", s.Plan)
}

// approve is planned, unless there is nothing to send.
func (o *checkOptions) approve(j *job, s *report.Summary) string {
	if s.Count(office.Ready) == 0 {
		return ""
	}
	return o.planned(j, s)
}

// next are the words to type after a run.
func (s *session) next(o *runOptions, summary *report.Summary, stopped error) []string {
	again := s.job.command("run", "--server", o.target.server)
	var lines []string
	if stopped != nil || summary.Count(office.Pending) > 0 {
		lines = append(lines, "to go on: "+again)
	}
	if summary.Count(office.Unknown) > 0 {
		lines = append(lines, "rows that are unknown are looked up again by the next run; a person's verdict: "+s.job.command("settle", "ROW", "--server", o.target.server, "--office", "ID")+" (or --not-created)")
	}
	if summary.Count(office.Refused) > 0 {
		lines = append(lines, "rows that were refused are sent again once they are changed, or with --retry-refused")
	}
	switch {
	case summary.Count(office.Invalid) == 0:
	case summary.Fix != "":
		lines = append(lines, "mend the rows in "+summary.Fix+", and: "+s.job.fixCommand("run", summary.Fix, "--server", o.target.server))
	default:
		lines = append(lines, "mend the rows with problems, and: "+again)
	}
	return lines
}
