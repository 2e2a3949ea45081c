package main

import (
	"errors"
	"strconv"

	"officeimporter/internal/report"

	"github.com/spf13/cobra"
)

const rootHelp = `Importer creates Dialpad offices from a spreadsheet (CSV, TSV, XLSX).

An office costs money and can't be deleted through the API: so nothing is sent
unasked, no office is created twice, and a run that was cut short goes on where
it stopped when it is run again.

  exit 0    every row is an office (or, in a check, would be)
  exit 1    finished; some rows need a person: invalid, refused or unknown
  exit 2    nothing was sent: usage, unreadable file, plan changed, not confirmed
  exit 3    stopped before the end: run again to go on
  exit 130  interrupted: run again to go on

The API key comes from DIALPAD_API_KEY, from the file that DIALPAD_API_KEY_FILE
names, or from a prompt. Every flag may also come from the environment, as
IMPORTER_MAX_FAILURES for --max-failures, or from a YAML file that --config
names; what is typed goes before the environment, and that before the file.`

func newRoot(c console) *cobra.Command {
	var logs logOptions
	root := &cobra.Command{
		Use:     "importer",
		Short:   "Create Dialpad offices from a spreadsheet, once each",
		Long:    rootHelp,
		Version: version(),
		Args:    noCommand,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		PersistentPreRunE: func(cmd *cobra.Command, args []string) error {
			if err := withSettings(cmd, c, &logs); err != nil {
				return err
			}
			return checkPaths(cmd, args)
		},
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetIn(c.in)
	root.SetOut(c.out)
	root.SetErr(c.err)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fail("usage", cmd.CommandPath()+" --help", "%w", err)
	})
	root.SuggestionsMinimumDistance = 2
	root.SetVersionTemplate("importer {{.Version}}\n")
	logs.flags(root)
	root.PersistentFlags().String(configFlag, "", "`FILE` of flags and their values, as YAML (also "+configVariable+")")
	root.AddCommand(newCheck(c), newRun(c), newRehearse(c), newTemplate(c), newFields(c), newMapping(c), newExplain(c),
		newSettle(c), newReport(c), newHistory(c), newDiff(c), newSimulator(c), newMan(c), newVersion(c))
	complete(root)
	return root
}

// noCommand refuses a first argument that is not a command, and suggests one.
func noCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := "importer help"
	if near := root.SuggestionsFor(args[0]); len(near) > 0 {
		hint = "importer " + near[0]
	}
	return fail("usage", hint, "there is no command %q", args[0])
}

// oneFile is for commands whose only argument is a file.
var oneFile = exactly(1, "one file")

// exactly demands n arguments, and says in words what they are.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == n {
			return nil
		}
		return fail("usage", "importer "+cmd.Use, "%s takes %s, got %s", cmd.Name(), what, report.Counted(len(args), "argument"))
	}
}

func rowNumber(text, hint string) (int, error) {
	row, err := strconv.Atoi(text)
	if err != nil || row < 1 {
		return 0, fail("usage", hint, "%q is not a row number", text)
	}
	return row, nil
}

// conclude logs an error and returns the exit status. With --json it also prints the error, unless something was
// printed before.
func conclude(cmd *cobra.Command, c console, err error, silent bool) int {
	status := exitStatus(err)
	if asked, e := cmd.Flags().GetBool("json"); e == nil && asked && silent && err != nil {
		if e := writeErrors(c.out, err); e != nil {
			err = errors.Join(err, e)
		}
	}
	logError(c.log, err)
	return status
}
