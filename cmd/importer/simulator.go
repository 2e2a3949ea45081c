package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"officeimporter/internal/importer"
	"officeimporter/internal/simulator"
)

type simulatorOptions struct {
	listen string
	key    string
	seed   uint64
	calm   bool
}

func newSimulator(c console) *cobra.Command {
	var o simulatorOptions
	command := &cobra.Command{
		Use:   "simulator",
		Short: "Serve the simulator on an address, for other tools",
		Long: `Simulator serves a simulation of the offices API until it is interrupted, and
then says what it saw. It forgets all offices when it ends. With --calm it never
fails; otherwise it has a bad day, as in a rehearsal.`,
		Example: "  importer simulator --calm\n  importer run offices.xlsx --server simulator",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			server := simulator.New(o.config())
			if err := server.Listen(o.listen); err != nil {
				return fmt.Errorf("the simulator can't be served on %s: %w", o.listen, err)
			}
			fmt.Fprintf(c.err, "The simulator serves %s; Ctrl-C ends it.\n", server.URL())
			<-cmd.Context().Done()
			_ = server.Close()
			return writeTruth(c, server.Truth())
		},
	}
	f := command.Flags()
	f.StringVar(&o.listen, "listen", importer.SimulatorAddress, "`ADDRESS`: host and port")
	f.StringVar(&o.key, "key", "", "the only API key that is right; default: any")
	f.Uint64Var(&o.seed, "seed", 1, "of the faults")
	f.BoolVar(&o.calm, "calm", false, "no faults")
	return command
}

func (o *simulatorOptions) config() simulator.Config {
	config := simulator.Realistic(o.seed)
	if o.calm {
		latency := simulator.Latency{Before: 40 * time.Millisecond, After: 40 * time.Millisecond}
		config = simulator.Config{Limits: simulator.DocumentedLimits(), Latency: latency}
	}
	config.Key = o.key
	return config
}

func writeTruth(c console, truth *simulator.Truth) error {
	v := truth.Verdict()
	_, err := fmt.Fprintf(c.out, "%d calls, %d offices created once, %d created again, %d bodies refused, %d answered 429; busiest second %d, busiest minute %d\n",
		v.Calls, v.Once, len(v.More), v.Rejected, v.TooMany, v.BusiestSecond, v.BusiestMinute)
	return err
}
