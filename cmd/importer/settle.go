package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"officeimporter/internal/importer"
)

type settleOptions struct {
	fileOptions
	officeID   string
	notCreated bool
}

func newSettle(c console) *cobra.Command {
	var o settleOptions
	command := &cobra.Command{
		Use:   "settle FILE ROW --server SERVER (--office ID | --not-created)",
		Short: "A person's verdict on an unknown row",
		Long: `Settle writes into the journal what a person has found out about a row whose
outcome is unknown: which office it is, or that it was not created. A row that
was not created is sent by the next run. Look in Dialpad first: a wrong verdict
creates an office twice, or never.`,
		Example: "  importer settle offices.xlsx 14 --server production --office 5068549373853696",
		Args:    exactly(2, "a file and a row"),
		RunE:    func(cmd *cobra.Command, args []string) error { return o.settle(cmd.Context(), c, args[0], args[1]) },
	}
	o.input.flags(command)
	o.target.flags(command, "the journal's: ")
	f := command.Flags()
	f.StringVar(&o.officeID, "office", "", "`ID` of the office that the row created")
	f.BoolVar(&o.notCreated, "not-created", false, "the row created no office")
	return command
}

func (o *settleOptions) settle(ctx context.Context, c console, path, rowText string) error {
	row, err := rowNumber(rowText, "importer settle FILE 14 ...")
	if err != nil {
		return err
	}
	if (o.officeID != "") == o.notCreated {
		return fail("usage", "--office ID, or --not-created", "settle takes one verdict on the row")
	}
	if o.officeID != "" && strings.Trim(o.officeID, "0123456789") != "" {
		return fail("usage", "", "--office %q is not an id: ids are digits", o.officeID)
	}
	if _, err := parseServer(o.target.server); err != nil {
		return err
	}
	f, options, err := o.open(c, path, nil)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	options.Again = func(journal string) string { return o.input.of(path).again(options.Server, journal) }
	record, err := f.Settle(ctx, row, o.officeID, options)
	if err != nil {
		return o.ambiguous(path, row, err)
	}
	verdict := "office " + o.officeID
	if o.notCreated {
		verdict = "not created, the next run sends it"
	}
	fmt.Fprintf(c.out, "%s %d, %q: %s\n", f.Sheet().Unit, row, record.Name, verdict)
	return nil
}

// ambiguous adds to an error what to type next: where several companies have the row, which one.
func (o *settleOptions) ambiguous(path string, row int, err error) error {
	failed, ok := errors.AsType[*importer.Error](err)
	if !ok || failed.Kind != importer.KindAmbiguousRow {
		return o.explained(path, err)
	}
	hint := o.input.of(path).command("settle", strconv.Itoa(row), "--server", o.target.server, "--company", failed.Company)
	return fail(string(failed.Kind), hint, "%w: say which with --company", err)
}
