package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"officeimporter/internal/importer"
	"officeimporter/internal/office"
)

// explanation writes an importer.Explanation for a person to read.
type explanation struct{ *importer.Explanation }

func writeExplanation(w io.Writer, found *importer.Explanation) error {
	e := explanation{found}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s: %s %d\n  status  %s\n  key     %s\n",
		e.File, e.Unit, e.Row, e.status(), cmp.Or(importer.Printable(string(e.Key)), "(none)"))
	if e.Company != "" {
		fmt.Fprintf(&b, "  company %s\n", importer.Printable(e.Company))
	}
	if e.Sheet != "" {
		fmt.Fprintf(&b, "  sheet   %s\n", importer.Printable(e.Sheet))
	}
	writeTable(&b, append([][]string{{"", "COLUMN", "CELL", "FIELD", "READ AS", "RULE"}}, e.lines()...))
	writeProblems(&b, "problems", e.Problems)
	writeProblems(&b, "warnings", e.Warnings)
	e.writeRequest(&b)
	e.writeHistory(&b)
	_, err := b.WriteTo(w)
	return err
}

// writeTable aligns the columns of a table, without blanks at the ends of lines.
func writeTable(w io.Writer, table [][]string) {
	var b bytes.Buffer
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, line := range table {
		fmt.Fprintln(t, strings.Join(line, "\t"))
	}
	_ = t.Flush() // writing to a buffer never fails
	fmt.Fprintln(w)
	for line := range strings.Lines(b.String()) {
		fmt.Fprintln(w, strings.TrimRight(line, " \n"))
	}
}

// lines returns the cells, and then the values that come from no single cell.
func (e explanation) lines() (table [][]string) {
	for i := range e.Cells {
		table = append(table, linesOf(&e.Cells[i], e.unread(&e.Cells[i]))...)
	}
	for i := range e.Given {
		g := &e.Given[i]
		table = append(table, []string{"", importer.Printable(g.Column), "", g.Field, importer.Printable(g.Read), g.Rule})
	}
	return table
}

// unread says why a cell has no reading of its own; empty if there is nothing to read.
func (e explanation) unread(c *importer.ExplainedCell) string {
	switch {
	case c.Kind == "" || len(c.Fields) == 0:
		return ""
	case slices.ContainsFunc(e.Problems, func(p office.Problem) bool { return p.Column == c.Column }):
		return "see problems"
	case c.Use != c.Fields[0]:
		return "together with others"
	}
	return ""
}

func (e explanation) status() string {
	if e.Status == office.Ready {
		return "ready: would be sent"
	}
	return e.Status.String()
}

func linesOf(c *importer.ExplainedCell, unread string) [][]string {
	if len(c.Read) == 0 {
		return [][]string{{c.Letter, importer.Printable(c.Column), asStored(c), useOf(c), "", unread}}
	}
	table := make([][]string, len(c.Read))
	for i, r := range c.Read {
		table[i] = []string{"", "", "", r.Field, importer.Printable(r.Read), r.Rule}
	}
	table[0][0], table[0][1], table[0][2] = c.Letter, importer.Printable(c.Column), asStored(c)
	return table
}

// asStored returns the cell as it is in the sheet: text in quotes, anything else with the kind of value it is.
func asStored(c *importer.ExplainedCell) string {
	switch {
	case c.Kind == "":
		return "(blank)"
	case c.Kind == "text":
		return strconv.Quote(c.Cell)
	case c.Shown != "":
		return fmt.Sprintf("%s (%s, stored as %s)", importer.Printable(c.Shown), c.Kind, importer.Printable(c.Cell))
	}
	return fmt.Sprintf("%s (%s)", importer.Printable(c.Cell), c.Kind)
}

// useOf returns what the cell is used for.
func useOf(c *importer.ExplainedCell) string {
	switch len(c.Fields) {
	case 0:
		return cmp.Or(c.Use, "(not used)")
	case 1:
		if c.Fields[0] != c.Use {
			return c.Use + " of " + c.Fields[0]
		}
	}
	return c.Use
}

func writeProblems(w io.Writer, title string, problems []office.Problem) {
	if len(problems) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", title)
	for _, p := range problems {
		fmt.Fprintln(w, "  "+importer.Printable(p.String()))
	}
}

func (e explanation) writeRequest(w io.Writer) {
	fmt.Fprintf(w, "\nrequest, %s\n  %s\n", e.About, printableJSON(string(e.Request)))
}
