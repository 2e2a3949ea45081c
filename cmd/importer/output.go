package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

// outputOptions say what is written.
type outputOptions struct {
	reports []string
	json    bool
	quiet   bool
}

func (o *outputOptions) flags(c *cobra.Command, ending string) {
	f := c.Flags()
	f.StringArrayVar(&o.reports, "report", nil, "`FILE` to write, .csv, .html (a page to review) or .jsonl; repeatable; default: the input's name with "+ending+" for its ending")
	f.BoolVar(&o.json, "json", false, "the summary as one JSON object on stdout")
	f.BoolVar(&o.quiet, "quiet", false, "nothing where all is well; only problems on stderr")
}

// reports are the files being written for one pass over the rows.
type reports []report.Writer

// createReports opens all, or none.
func createReports(paths []string) (reports, error) {
	var all reports
	for _, path := range paths {
		w, err := report.Create(path)
		if err != nil {
			all.abort()
			return nil, err
		}
		all = append(all, w)
	}
	return all, nil
}

// canReport tells before anything is sent that reports can't be written.
func canReport(paths []string) error {
	files, err := createReports(paths)
	files.abort()
	return err
}

func (all reports) write(r office.Result) error {
	for _, w := range all {
		if err := w.Write(r); err != nil {
			return err
		}
	}
	return nil
}

func (all reports) abort() {
	for _, w := range all {
		_ = w.Abort() // what it would leave is a temporary file
	}
}

// commit puts the reports in their places, and returns where they are.
func (all reports) commit(s *report.Summary) ([]string, error) {
	paths := make([]string, 0, len(all))
	for i, w := range all {
		if err := w.Close(s); err != nil {
			all[i+1:].abort()
			return paths, err
		}
		paths = append(paths, w.Path())
	}
	return paths, nil
}

// print writes the summary to stdout, or in quiet only what needs a person to stderr.
func (o *outputOptions) print(c console, s *report.Summary) error {
	switch {
	case o.json:
		return s.WriteJSON(c.out)
	case o.quiet && s.NeedsPerson() == 0:
		return nil
	case o.quiet:
		return s.WriteText(c.err)
	}
	return s.WriteText(c.out)
}

// warnAll says what is doubtful about a file as a whole.
func warnAll(say *voice, file, unit string, warnings []office.Problem) {
	for _, p := range warnings {
		place := file
		if p.Row > 0 {
			place = fmt.Sprintf("%s: %s %d", file, unit, p.Row)
		}
		say.Warn(fmt.Sprintf("%s: %s", place, p), "kind", p.Kind, "file", file)
	}
}
