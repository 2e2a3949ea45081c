package main

import (
	"errors"
	"fmt"
	"io"

	"officeimporter/internal/report"
)

// shownRows is how many rows of a kind of difference are written: --json has all.
const shownRows = 50

func writeDiff(w io.Writer, title string, d *report.Diff) error {
	p := &printer{w: w}
	p.printf("%s: %s added, %d removed, %d changed, %d the same\n", title, report.Counted(len(d.Added), "row"), len(d.Removed), len(d.Changed), d.Same)
	p.rows("added", d.Added)
	p.rows("removed", d.Removed)
	p.changed(d.Changed)
	return p.err
}

// printer writes lines, and remembers the first error.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) printf(format string, args ...any) {
	_, err := fmt.Fprintf(p.w, format, args...)
	p.err = errors.Join(p.err, err)
}

func (p *printer) rows(title string, rows []report.Row) {
	if len(rows) == 0 {
		return
	}
	p.printf("\n%s\n", title)
	for _, r := range rows[:min(len(rows), shownRows)] {
		p.printf("  %s\n", rowWords(&r))
	}
	p.more(len(rows))
}

func (p *printer) changed(rows []report.ChangedRow) {
	if len(rows) == 0 {
		return
	}
	p.printf("\nchanged\n")
	for _, r := range rows[:min(len(rows), shownRows)] {
		p.printf("  %s\n", rowWords(&r.Row))
		for _, c := range r.Changes {
			p.printf("      %s: %s -> %s\n", c.Field, orNothing(c.Old), orNothing(c.New))
		}
	}
	p.more(len(rows))
}

func (p *printer) more(rows int) {
	if rows > shownRows {
		p.printf("  ... and %d more: --json has all\n", rows-shownRows)
	}
}

func rowWords(r *report.Row) string {
	return fmt.Sprintf("row %d  %s (%s)", r.Row, printable(r.Name), printable(r.Country))
}

func orNothing(text string) string {
	if text == "" {
		return "nothing"
	}
	return printable(text)
}
