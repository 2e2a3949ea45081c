package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"iter"

	"github.com/spf13/cobra"

	"officeimporter/internal/importer"
	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

type diffOptions struct {
	input inputOptions
	json  bool
}

func newDiff(c console) *cobra.Command {
	var o diffOptions
	command := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Which rows were added, removed or changed, field by field",
		Long: `Diff compares two files, two reports, or a report with a file: a row is the
same row where its key is, whatever its number. Reports may be .jsonl, which have
every value, or .csv, which have only names and outcomes. It speaks to no server.

Exit status 0: no difference; 1: differences; 2: they can't be compared.`,
		Example: "  importer diff offices.check.jsonl offices.xlsx\n  importer diff monday.report.csv tuesday.report.csv --json",
		Args:    exactly(2, "two files"),
		RunE:    func(_ *cobra.Command, args []string) error { return o.diff(c, args[0], args[1]) },
	}
	o.input.flags(command)
	command.Flags().BoolVar(&o.json, "json", false, "all differences as one JSON object on stdout")
	return command
}

func (o *diffOptions) diff(c console, old, new string) error {
	diff, err := o.compare(old, new)
	if err != nil {
		return err
	}
	if o.json {
		err = json.NewEncoder(c.out).Encode(diff)
	} else {
		err = writeDiff(c.out, fmt.Sprintf("%s -> %s", old, new), diff)
	}
	if err == nil && !diff.Empty() {
		return statusError(exitPerson)
	}
	return err
}

func (o *diffOptions) compare(old, new string) (*report.Diff, error) {
	before, closeOld, err := o.rowsOf(old)
	if err != nil {
		return nil, err
	}
	defer closeOld()
	after, closeNew, err := o.rowsOf(new)
	if err != nil {
		return nil, err
	}
	defer closeNew()
	return report.Compare(before, after)
}

func (o *diffOptions) rowsOf(path string) (rows iter.Seq2[report.Row, error], close func(), err error) {
	is, err := report.IsReport(path)
	switch {
	case err != nil:
		return nil, nil, err
	case is:
		return report.ReadRows(path), func() {}, nil
	}
	f, err := o.input.open(path)
	if err != nil {
		return nil, nil, err
	}
	return f.Rows(func(*office.Request) bool { return true }), func() { _ = f.Close() }, nil
}

// maxDiffRows is how many added, removed and changed rows each are shown; --json has all.
const maxDiffRows = 50

func writeDiff(w io.Writer, title string, d *report.Diff) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s: %s added, %d removed, %d changed, %d the same\n", title,
		report.Counted(len(d.Added), "row"), len(d.Removed), len(d.Changed), d.Same)
	writeRows(&b, "added", len(d.Added), func(i int) { writeRow(&b, &d.Added[i]) })
	writeRows(&b, "removed", len(d.Removed), func(i int) { writeRow(&b, &d.Removed[i]) })
	writeRows(&b, "changed", len(d.Changed), func(i int) {
		writeRow(&b, &d.Changed[i].Row)
		for _, c := range d.Changed[i].Changes {
			fmt.Fprintf(&b, "      %s: %s -> %s\n", c.Field, shownValue(c.Old), shownValue(c.New))
		}
	})
	_, err := b.WriteTo(w)
	return err
}

func writeRows(w io.Writer, title string, n int, write func(i int)) {
	if n == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", title)
	for i := range min(n, maxDiffRows) {
		write(i)
	}
	if n > maxDiffRows {
		fmt.Fprintf(w, "  ... and %d more: --json has all\n", n-maxDiffRows)
	}
}

func writeRow(w io.Writer, r *report.Row) {
	fmt.Fprintf(w, "  row %d  %s (%s)\n", r.Row, importer.Printable(r.Name), importer.Printable(r.Country))
}

func shownValue(text string) string { return cmp.Or(importer.Printable(text), "nothing") }
