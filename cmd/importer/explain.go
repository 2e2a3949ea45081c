package main

import (
	"encoding/json"

	"github.com/spf13/cobra"
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
