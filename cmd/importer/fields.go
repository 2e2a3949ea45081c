package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"officeimporter/internal/mapping/headings"
	"officeimporter/internal/mapping/template"
	"officeimporter/internal/office"
)

func newFields(c console) *cobra.Command {
	var markdown bool
	command := &cobra.Command{
		Use:     "fields [FIELD]",
		Short:   "Every field: type, required, valid values, headings it goes by",
		Example: "  importer fields\n  importer fields country",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 1:
				return showField(c.out, args[0])
			case markdown:
				return fieldsMarkdown(c.out)
			}
			return listFields(c.out)
		},
	}
	command.Flags().BoolVar(&markdown, "markdown", false, "as a Markdown table")
	return command
}

// columnFields returns everything a column can hold: the fields, and the company id.
func columnFields() []*office.Field {
	fields := make([]*office.Field, 0, len(office.Fields)+1)
	for i := range office.Fields {
		fields = append(fields, &office.Fields[i])
	}
	return append(fields, headings.CompanyColumn())
}

func listFields(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "FIELD\tTYPE\tREQUIRED\tHEADING")
	for _, f := range columnFields() {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", f.Name, f.Kind, yes(f.Required), f.Label)
	}
	return t.Flush()
}

func showField(w io.Writer, name string) error {
	f := office.FieldByName(name)
	if name == office.CompanyID {
		f = headings.CompanyColumn()
	}
	if f == nil {
		return fail("usage", "importer fields", "there is no field %q", name)
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "field\t%s\ntype\t%s\nrequired\t%s\n", f.Name, f.Kind, yes(f.Required))
	if f.Values != nil {
		fmt.Fprintf(t, "valid values\t%s\n", strings.Join(f.Values, ", "))
	}
	fmt.Fprintf(t, "headings\t%s\n", strings.Join(append([]string{f.Name, f.Label}, f.Aliases...), ", "))
	fmt.Fprintf(t, "meaning\t%s\nexample\t%s\n", f.Help, f.Example)
	return t.Flush()
}

// fieldsMarkdown writes the README's table.
func fieldsMarkdown(w io.Writer) error {
	fmt.Fprintln(w, "| field | heading of the template | type | required | meaning | example |\n|---|---|---|---|---|---|")
	for _, f := range columnFields() {
		fmt.Fprintf(w, "| `%s` | %s | %s | %s | %s | `%s` |\n", f.Name, f.Label, f.Kind, yes(f.Required), f.Help, f.Example)
	}
	return nil
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

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
			if err := writeNew(path, "importer template another-name.xlsx", template.Write); err != nil {
				return err
			}
			fmt.Fprintf(c.out, "%s: fill it in from row 2 on, then: importer check %s\n", path, path)
			return nil
		},
	}
}
