package main

import (
	"encoding/json"
	"strconv"

	"github.com/spf13/cobra"

	"officeimporter/internal/report"
	"officeimporter/internal/submit"
)

type explainOptions struct {
	input  inputOptions
	target targetOptions
	json   bool
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
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 2 {
				return nil
			}
			return fail("usage", "importer "+cmd.Use, "explain takes a file and a row, got %s", report.Counted(len(args), "argument"))
		},
		RunE: func(_ *cobra.Command, args []string) error {
			return o.run(c, args[0], args[1])
		},
	}
	o.input.flags(command)
	o.target.flags(command, "whose journal: ")
	command.Flags().BoolVar(&o.json, "json", false, "as one JSON object on stdout")
	return command
}

func (o *explainOptions) run(c console, file, rowText string) error {
	row, err := strconv.Atoi(rowText)
	if err != nil || row < 1 {
		return fail("usage", "importer explain "+quoted(file)+" 14", "%q is not a row number", rowText)
	}
	j, err := openJob(file, &o.input)
	if err != nil {
		return err
	}
	defer func() { _ = j.Close() }()
	lanes, err := j.lanes(&o.target)
	if err != nil {
		return err
	}
	defer func() { _ = lanes.close() }()
	if err := lanes.read(c.say); err != nil && o.target.server != "" {
		return journalError(err)
	} else if err != nil {
		return err
	}
	e, err := o.look(j, lanes, row)
	if err != nil {
		return err
	}
	if !o.json {
		return e.text(c.out)
	}
	encoder := json.NewEncoder(c.out)
	encoder.SetEscapeHTML(false) // else the body would not be the one that is sent
	return encoder.Encode(e)
}

// look judges all rows, as a report does, and keeps the one: only so it is
// known whether another row has the same key.
func (o *explainOptions) look(j *job, all lanes, row int) (*explanation, error) {
	judges, err := j.judges(all, submit.JudgeOptions{AcceptRenamed: o.input.accepts(submit.Renamed), Keyed: j.keyed})
	if err != nil {
		return nil, err
	}
	found := rowSearch{row: row}
	if err := j.results(judges, found.take); err != nil {
		return nil, err
	}
	if found.result == nil {
		return nil, found.missing(j)
	}
	e := newExplanation(j, found.result)
	if e.Cells, err = cellsOf(j, found.result); err != nil {
		return nil, err
	}
	l := all.of(found.result.Request.Company)
	if l == nil {
		return e, nil // nobody can tell whose row it is
	}
	e.Journal, e.found = shown(l.path), l.journal.Path() != ""
	if found.result.Request.Duplicate() {
		return e, nil // what the journal has under its key is the other row's
	}
	return e, e.remember(l.journal, found.result.Request.Key)
}
