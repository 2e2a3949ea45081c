package main

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/submit/api"
)

type checkOptions struct {
	input  inputOptions
	output outputOptions
	target targetOptions
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
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.check(cmd.Context(), c, args[0])
		},
	}
	o.input.flags(command)
	o.output.flags(command, checkMark)
	o.target.flags(command, "with it, check also looks up which offices exist: ")
	return command
}

func (o *checkOptions) check(ctx context.Context, c console, path string) error {
	f, err := o.input.open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	options, err := o.target.options(c, o.output.asked())
	if err != nil {
		return err
	}
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
		return o.input.of(path).explained(err, o.target.server)
	}
	if err := o.output.print(c, summary, false); err != nil {
		return err
	}
	return statusOf(summary)
}

func (o *checkOptions) next(path string, s *report.Summary) []string {
	switch {
	case s.Fix != "":
		return []string{"mend the rows in " + s.Fix + ", and check that", o.input.of(path).fixCommand("check", s.Fix)}
	case s.NeedsPerson() > 0:
		return []string{"mend the rows with problems, and check again", o.input.of(path).command("check")}
	}
	return []string{o.planned(path, s)}
}

// planned is what to type to send exactly what was checked.
func (o *checkOptions) planned(path string, s *report.Summary) string {
	return o.input.of(path).command("run", "--server", cmp.Or(o.target.server, "production"), "--plan", s.Plan)
}

// approve is planned, unless there is nothing to send.
func (o *checkOptions) approve(path string, s *report.Summary) string {
	if s.Count(office.Ready) == 0 {
		return ""
	}
	return o.planned(path, s)
}
