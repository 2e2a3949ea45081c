package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"officeimporter/internal/mapping/template"
)

func newTemplate(c console) *cobra.Command {
	return &cobra.Command{
		Use:   "template [FILE]",
		Short: "An empty workbook to fill in",
		Long: `Template writes a workbook with a column for every field, drop-downs for valid
values, a comment on every heading, and a sheet that explains, with an example.
It writes the file itself, and never over one that is there.`,
		Example: "  importer template offices.xlsx",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			path := "offices-template.xlsx"
			if len(args) == 1 {
				path = args[0]
			}
			return writeTemplate(c, path)
		},
	}
}

func writeTemplate(c console, path string) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, os.ErrExist) {
		return fail("exists", "importer template another-name.xlsx", "%s is there already, and is not overwritten", path)
	}
	if err != nil {
		return err
	}
	err = errors.Join(template.Write(f), f.Close())
	if err != nil {
		return errors.Join(err, os.Remove(path))
	}
	fmt.Fprintf(c.out, "%s: fill it in from row 2 on, then: importer check %s\n", path, path)
	return nil
}
