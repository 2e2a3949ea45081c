package main

import (
	"github.com/spf13/cobra"

	"officeimporter/internal/importer"
	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

// outputOptions are the flags for what is written.
type outputOptions struct {
	reports []string
	json    bool
	quiet   bool
}

// The default reports are named after their input, with one of these in place of its file name extension.
const (
	runMark       = ".report"
	checkMark     = ".check"
	rehearsalMark = ".rehearsal.report"
)

func (o *outputOptions) flags(c *cobra.Command, mark string) {
	f := c.Flags()
	f.StringArrayVar(&o.reports, "report", nil, "`FILE` to write, .csv, .html (a page to review), .jsonl or .xlsx; repeatable; default: the input's name with "+mark+".csv for its ending, and "+mark+".xlsx for a workbook")
	f.BoolVar(&o.json, "json", false, "the summary as one JSON object on stdout")
	f.BoolVar(&o.quiet, "quiet", false, "nothing where all is well; only problems on stderr")
}

// asked returns the reports that the flags name. If it is nil, the default reports are written next to the input.
func (o *outputOptions) asked() (reports []importer.Report) {
	for _, path := range o.reports {
		reports = append(reports, importer.Report{Path: path})
	}
	return reports
}

// print writes the summary to stdout. With --quiet it writes it to stderr, and only if something needs a person; more
// says that something besides the rows does.
func (o *outputOptions) print(c console, s *report.Summary, more bool) error {
	switch {
	case o.json:
		return s.WriteJSON(c.out)
	case o.quiet && s.NeedsPerson() == 0 && !more:
		return nil
	case o.quiet && c.log.structured:
		c.log.Warn("a person is needed", endOf(s)...)
		return nil
	case o.quiet:
		return s.WriteText(c.err)
	}
	return s.WriteText(c.out)
}

// finish prints the summary of a command that sent nothing, and says how the command ends.
func (o *outputOptions) finish(c console, s *report.Summary) error {
	if err := o.print(c, s, false); err != nil {
		return err
	}
	return statusOf(s)
}

// endOf returns the log attributes for the end of a run.
func endOf(s *report.Summary) []any {
	attributes := []any{"read", s.Read, "new", s.New, "left", s.Left.Count}
	for _, o := range office.Outcomes() {
		attributes = append(attributes, o.String(), s.Count(o))
	}
	return append(attributes, "notes", s.Notes, "reports", s.Reports)
}

// logCompanies logs how the run ended for each company.
func logCompanies(log *logger, s *report.Summary) {
	for _, c := range s.Companies {
		attributes := []any{"company", c.Company, "new", c.New}
		for _, o := range office.Outcomes() {
			attributes = append(attributes, o.String(), c.Count(o))
		}
		log.event("end of company", append(attributes, "stopped", c.Stopped)...)
	}
}

// statusOf returns the exit status that a summary calls for, as an error; nil is 0. Pending rows mean that the run
// has stopped early.
func statusOf(s *report.Summary) error {
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
