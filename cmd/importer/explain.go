package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"officeimporter/internal/importer"
)

type explainOptions struct {
	fileOptions
	json bool
}

func newExplain(c console) *cobra.Command {
	var o explainOptions
	command := &cobra.Command{
		Use:   "explain FILE ROW",
		Short: "How a row was read, what would be or was sent, what came back",
		Long: `Explain shows one row of a file: each cell as it stands, the field it fills, how
it was read and by which rule, what is wrong, and the exact body. With --server
or --journal it also shows what the journal has of the row: each attempt, and
what came of it. It sends nothing and speaks to no server: --server only says
whose journal it is.`,
		Example: "  importer explain offices.xlsx 14\n  importer explain offices.xlsx 14 --server production\n  importer explain offices.csv 14 --json",
		Args:    exactly(2, "a file and a row"),
		RunE:    func(_ *cobra.Command, args []string) error { return o.run(c, args[0], args[1]) },
	}
	o.input.flags(command)
	o.target.flags(command, "whose journal: ")
	command.Flags().BoolVar(&o.json, "json", false, "as one JSON object on stdout")
	return command
}

func (o *explainOptions) run(c console, path, rowText string) error {
	row, err := rowNumber(rowText, "importer explain "+quoted(path)+" 14")
	if err != nil {
		return err
	}
	f, options, err := o.open(c, path, nil)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	e, err := f.Explain(row, options)
	if err != nil {
		return o.explained(path, err)
	}
	if !o.json {
		return writeExplanation(c.out, e)
	}
	encoder := json.NewEncoder(c.out)
	encoder.SetEscapeHTML(false) // otherwise it wouldn't show the exact body that is sent
	return encoder.Encode(e)
}

func (e explanation) writeHistory(w io.Writer) {
	if e.Journal == "" {
		return
	}
	fmt.Fprintf(w, "\njournal %s\n", importer.Printable(e.Journal))
	switch {
	case len(e.History) > 0:
		e.writeEvents(w)
	case e.Journaled:
		fmt.Fprintln(w, "  holds nothing of this row: it was not sent")
	default:
		fmt.Fprintln(w, "  is not there: nothing was sent")
	}
}

func (e explanation) writeEvents(w io.Writer) {
	table := [][]string{{"TIME", "ATTEMPT", "WHAT", "HTTP", "OFFICE", "WORDS"}}
	for i := range e.History {
		table = append(table, eventLine(&e.History[i]))
	}
	writeTable(w, table)
	if !e.Since.IsZero() {
		fmt.Fprintf(w, "\nwas compacted at %s: of what was before, the last line alone is kept\n", e.Since.UTC().Format(time.RFC3339))
	}
}

func eventLine(h *importer.Event) []string {
	what, status, at := h.Outcome.String(), "", ""
	if h.Event == importer.EventSent {
		what = "sent"
	}
	if h.HTTPStatus > 0 {
		status = strconv.Itoa(h.HTTPStatus)
	}
	if !h.At.IsZero() {
		at = h.At.UTC().Format(time.RFC3339)
	}
	ids := cmp.Or(h.OfficeID, strings.Join(h.Candidates, " or "))
	return []string{at, strconv.Itoa(h.Attempts), what, status, importer.Printable(ids), importer.Printable(h.Words)}
}
