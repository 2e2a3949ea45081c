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

// What the names of default reports have for their input's ending: a check
// never overwrites a run's report, nor does a rehearsal.
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

// paths are where the reports on a job go: where they were asked for, or
// beside the input. A workbook gets one of its kind too: opened in a
// spreadsheet program, a CSV loses the ends of long ids.
func (o *outputOptions) paths(j *job, mark string) []reportPath {
	if len(o.reports) > 0 {
		paths := make([]reportPath, len(o.reports))
		for i, path := range o.reports {
			paths[i].path = path
		}
		return paths
	}
	paths := []reportPath{{path: ownStem(j.file) + mark + ".csv"}}
	if j.sheet.Format == "xlsx" {
		paths = append(paths, reportPath{path: ownStem(j.file) + mark + ".xlsx", extra: true})
	}
	return paths
}

// print writes the summary to stdout, or in quiet only what needs a person to
// stderr; more says that something beside the rows does.
func (o *outputOptions) print(c console, s *report.Summary, more bool) error {
	switch {
	case o.json:
		return s.WriteJSON(c.out)
	case o.quiet && s.NeedsPerson() == 0 && !more:
		return nil
	case o.quiet && c.say.structured:
		c.say.Warn("a person is needed", endOf(s)...)
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
