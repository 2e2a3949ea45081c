// Importer creates Dialpad offices from a spreadsheet: a file of offices is
// parsed and mapped into requests, each row is validated, a worker pool paced
// by one shared limiter submits them, and a per-row report is written from
// which the run can be resumed.
//
//	importer check FILE         read, map, validate; send nothing
//	importer run FILE           check, then create what is missing; run again to go on
//	importer rehearse FILE      the same run against the built-in stand-in
//
// `importer help` has the rest.
package main

import (
	"context"
	"io"
	"log/slog"
	"os"
)

func main() {
	os.Exit(run(os.Args[1:], newConsole(os.Stdin, os.Stdout, os.Stderr)))
}

// console is what the program reads from and writes to.
type console struct {
	in  io.Reader
	out io.Writer // the summary alone
	err io.Writer // everything else: questions, the bar, and what say says
	say *voice
}

// newConsole speaks to a person until flags say otherwise.
func newConsole(in io.Reader, out, err io.Writer) console {
	return console{in, out, err, &voice{slog.New(words{err, slog.LevelInfo}), false}}
}

// spoken is a writer that knows whether anything was written.
type spoken struct {
	io.Writer
	any bool
}

func (s *spoken) Write(p []byte) (int, error) {
	s.any = true
	return s.Writer.Write(p)
}

// run is the program: its exit status.
func run(args []string, c console) int {
	ctx, stop := withSignals(context.Background(), c.say)
	defer stop()
	out := &spoken{Writer: c.out}
	c.out = out
	root := newRoot(c)
	root.SetArgs(args)
	command, err := root.ExecuteContextC(ctx)
	return conclude(command, c, err, !out.any)
}
