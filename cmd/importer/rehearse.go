package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"officeimporter/internal/importer"
	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

// A rehearsal waits less than a run: the simulator answers quickly, and lists every office within a second.
const (
	rehearsalTimeout = 2 * time.Second
	rehearsalSettle  = 3 * time.Second
)

type rehearseOptions struct {
	run  runOptions
	seed uint64
}

func newRehearse(c console) *cobra.Command {
	var o rehearseOptions
	command := &cobra.Command{
		Use:   "rehearse FILE",
		Short: "The same run against the built-in simulator, with faults, and a verdict",
		Long: `Rehearse runs a file through the same code as run, but against a simulator of
the API on this machine that fails now and then as networks and servers do. It
then checks against the simulator's own records whether any office was created
twice or lost. No account and no key are needed; nothing leaves this machine. Its
journal and report are its own: a real run never reads them.`,
		Example: "  importer rehearse samples/offices.xlsx",
		Args:    oneFile,
		RunE:    func(cmd *cobra.Command, args []string) error { return o.rehearse(cmd.Context(), c, args[0]) },
	}
	o.run.input.flags(command)
	o.run.output.flags(command, rehearsalMark)
	o.run.send.flags(command, rehearsalSettle)
	f := command.Flags()
	f.IntVar(&o.run.target.rate, "rate", importer.MaxRate, "calls a minute, at most 1200")
	f.DurationVar(&o.run.target.timeout, "timeout", rehearsalTimeout, "of one call; shorter than in a run")
	f.Uint64Var(&o.seed, "seed", 1, "of the faults: the same seed, the same faults")
	return command
}

func (o *rehearseOptions) rehearse(ctx context.Context, c console, path string) error {
	if err := errors.Join(o.run.target.check(), o.run.send.check()); err != nil {
		return err
	}
	f, options, err := o.run.open(c, path, o.run.output.asked())
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	options.Sending = o.run.send.sending()
	bar := &progress{console: c}
	options.Progress, options.Say = bar.watch, bar.sayAbout
	options.Confirm = func(_ *importer.File, forecast *importer.Forecast) error { o.announce(c, forecast); return nil }
	summary, verdict, err := f.Rehearse(ctx, o.seed, options)
	if summary == nil {
		return err
	}
	if e := o.run.output.printRehearsal(c, summary, verdict); e != nil {
		return errors.Join(err, e)
	}
	return cmp.Or(err, verdict.Err(), statusOf(summary))
}

func (o *rehearseOptions) announce(c console, forecast *importer.Forecast) {
	if !o.run.output.quiet && !c.log.structured {
		fmt.Fprintf(c.err, "Rehearsing %s against the simulator, with simulated failures (seed %d; --timeout %s and --settle %s: shorter than in a run).\n",
			report.Counted(forecast.Count(office.Ready), "office"), o.seed, o.run.target.timeout, o.run.send.settle)
	}
}

func writeVerdict(w io.Writer, v *importer.RehearsalVerdict) error {
	words := "every office was created exactly once, and the report is true"
	if !v.Sound {
		words = "NOT SOUND: " + v.Err().Error()
	}
	fmt.Fprintf(w, "\nverdict: %s\n", words)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "  created once\t%d\n  created twice\t%d\n  lost\t%d\n", v.Once, v.Twice, v.Lost+v.Unreported)
	fmt.Fprintf(t, "  calls\t%d, at most %d of 1200 in a minute, %d answered 429\n", v.Calls, v.BusiestMinute, v.TooMany)
	fmt.Fprintf(t, "  faults met\t%s\n  the real run\ttakes about %s\n", strings.Join(v.Faults, ", "), v.RealRun)
	return t.Flush()
}

// printRehearsal writes the summary and the verdict; with --json as one object.
func (o *outputOptions) printRehearsal(c console, s *report.Summary, v *importer.RehearsalVerdict) error {
	if !o.json {
		if err := o.print(c, s, false); err != nil || o.quiet && v.Sound {
			return err
		}
		return writeVerdict(c.out, v)
	}
	var summary bytes.Buffer
	if err := s.WriteJSON(&summary); err != nil {
		return err
	}
	return json.NewEncoder(c.out).Encode(map[string]any{"summary": json.RawMessage(summary.Bytes()), "verdict": v})
}
