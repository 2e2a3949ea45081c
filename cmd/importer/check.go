package main

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"

	"officeimporter/internal/importer"
	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/submit/api"
)

type checkOptions struct {
	fileOptions
	output outputOptions
}

func newCheck(c console) *cobra.Command {
	var o checkOptions
	command := &cobra.Command{
		Use:   "check FILE",
		Short: "Read, map, validate; send nothing; write the report",
		Long: `Check reads a file, maps and validates each row, and writes what would be
sent. It sends nothing. With --server it also takes the list of offices, and
says which rows exist already.`,
		Example: "  importer check offices.xlsx\n  importer check offices.csv --report review.html",
		Args:    oneFile,
		RunE:    func(cmd *cobra.Command, args []string) error { return o.check(cmd.Context(), c, args[0]) },
	}
	o.input.flags(command)
	o.output.flags(command, checkMark)
	o.target.flags(command, "with it, check also looks up which offices exist: ")
	return command
}

func (o *checkOptions) check(ctx context.Context, c console, path string) error {
	f, options, err := o.open(c, path, o.output.asked())
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	if err := o.target.check(); err != nil {
		return err
	}
	options.Key = func() (api.Secret, error) { return apiKey(c, options.Server) }
	options.Complete = func(s *report.Summary, _ error) {
		s.Server = o.target.server
		s.Next, s.Approve = o.next(path, s), o.approve(path, s)
	}
	summary, err := f.Check(ctx, options)
	if err != nil {
		return o.explained(path, err)
	}
	return o.output.finish(c, summary)
}

// next is what to do after a check, and the command for it.
func (o *checkOptions) next(path string, s *report.Summary) []string {
	switch {
	case s.Fix != "":
		return []string{"correct the rows in " + s.Fix + ", then check that file:", o.input.of(path).fixCommand("check", s.Fix)}
	case s.NeedsPerson() > 0:
		return []string{"correct the rows with problems, then check again:", o.input.of(path).command("check")}
	}
	return []string{o.runCommand(path, s)}
}

// runCommand sends exactly what was checked.
func (o *checkOptions) runCommand(path string, s *report.Summary) string {
	return o.input.of(path).command("run", "--server", cmp.Or(o.target.server, "production"), "--plan", s.Plan)
}

// approve is the command that approves what was checked; empty if there is nothing to send.
func (o *checkOptions) approve(path string, s *report.Summary) string {
	if s.Count(office.Ready) == 0 {
		return ""
	}
	return o.runCommand(path, s)
}

type reportOptions struct {
	fileOptions
	output outputOptions
}

func newReport(c console) *cobra.Command {
	var o reportOptions
	command := &cobra.Command{
		Use:   "report FILE --server SERVER",
		Short: "The reports again, from the journal, without sending",
		Long: `Report writes the reports of a file again from its journal. It sends nothing
and speaks to no server: --server only says whose journal it is.`,
		Example: "  importer report offices.xlsx --server production --report offices.jsonl",
		Args:    oneFile,
		RunE:    func(_ *cobra.Command, args []string) error { return o.report(c, args[0]) },
	}
	o.input.flags(command)
	o.output.flags(command, runMark)
	o.target.flags(command, "whose journal: ")
	return command
}

func (o *reportOptions) report(c console, path string) error {
	if _, err := parseServer(o.target.server); err != nil {
		return err
	}
	f, options, err := o.open(c, path, o.output.asked())
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	summary, err := f.Report(options)
	if err != nil {
		return o.explained(path, err)
	}
	return o.output.finish(c, summary)
}

// fileOptions are the flags of commands about one file and its journal.
type fileOptions struct {
	input  inputOptions
	target targetOptions
}

// open opens the file and turns the flags into options that send nothing. The caller closes the file.
func (o *fileOptions) open(c console, path string, reports []importer.Report) (f *importer.File, options importer.Options, err error) {
	if f, err = o.input.open(path); err != nil {
		return nil, options, err
	}
	t, err := o.target.target()
	if err != nil {
		_ = f.Close() // the flags are at fault
		return nil, options, err
	}
	return f, importer.Options{Target: t, Reports: reports, Callbacks: importer.Callbacks{Log: c.log.Logger}}, nil
}

// explained adds to an error what to type next.
func (o *fileOptions) explained(path string, err error) error {
	return o.input.of(path).explained(err, o.target.server)
}
