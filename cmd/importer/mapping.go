package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"officeimporter/internal/importer"
	"officeimporter/internal/mapping/headings"
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/report"
)

type mappingOptions struct {
	input  inputOptions
	output string
}

func newMapping(c console) *cobra.Command {
	var o mappingOptions
	command := &cobra.Command{
		Use:   "mapping FILE",
		Short: "The mapping file that fits FILE's headings, to edit",
		Long: `Mapping looks at the headings of a file, whatever they are called, and writes a
mapping file: which field each column gives, which headings are unsure, which
are not used, and which fields every office needs still have no column. What is
unsure is left blank; once the blanks are filled in, the other commands use the
file as it is. It is never written over one that is there.`,
		Example: "  importer mapping export.csv\n  importer mapping export.xlsx --sheet Sites --header-row 3 --output sites.yaml\n  importer mapping export.csv --output -",
		Args:    oneFile,
		RunE:    func(_ *cobra.Command, args []string) error { return o.run(c, args[0]) },
	}
	o.input.fileFlags(command)
	command.Flags().StringVar(&o.output, "output", "", "`FILE` to write, - for stdout; default: the input's name with .mapping.yaml for its ending")
	return command
}

func (o *mappingOptions) run(c console, file string) error {
	sheet, guessed, err := o.input.input.OpenSheet(file)
	if err != nil {
		return err
	}
	defer func() { _ = sheet.Close() }()
	if guessed {
		c.log.Warn(fmt.Sprintf("%s: no heading is known: %s %d was taken for the headings; name another one with --header-row",
			file, sheet.Unit, sheet.HeaderRow))
	}
	importer.Warn(c.log.Logger, file, sheet.Unit, sheet.Warnings)
	proposal, err := headings.Propose(sheet)
	if err != nil {
		return err
	}
	if o.output == "-" {
		return proposal.WriteYAML(c.out)
	}
	path := cmp.Or(o.output, importer.MappingPath(file))
	if err := writeNew(path, "importer mapping "+quoted(file)+" --output another-name.yaml", proposal.WriteYAML); err != nil {
		return err
	}
	o.explain(c.out, path, sheet, proposal.Count())
	return nil
}

// writeNew writes a file that must not exist yet. The hint is the command with another name.
func writeNew(path, hint string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, os.ErrExist) {
		return fail("exists", hint, "%s is there already, and is not overwritten", path)
	}
	if err != nil {
		return err
	}
	if err := errors.Join(write(f), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// explain says what the mapping file has, and what to do next.
func (o *mappingOptions) explain(w io.Writer, path string, s *sheet.Sheet, n headings.Count) {
	fmt.Fprintf(w, "%s: the headings are in %s %d\n", path, s.Unit, s.HeaderRow)
	fmt.Fprintf(w, "  recognised  %d of %s\n", n.Recognised, report.Counted(n.Columns, "column"))
	fmt.Fprintf(w, "  unsure      %d\n  not used    %d\n", n.Undecided, n.Unused)
	fmt.Fprintf(w, "  missing     %s that every office needs\n\nnext\n", report.Counted(n.Missing, "field"))
	if n.Undecided+n.Missing > 0 {
		fmt.Fprintf(w, "  fill in what is blank in %s\n", path)
	}
	next := o.input.of(s.File)
	if o.output != "" {
		next.repeated = append([]string{"--mapping", quoted(path)}, next.repeated...)
	}
	fmt.Fprintln(w, "  "+next.command("check"))
}
