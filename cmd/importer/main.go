// Importer creates Dialpad offices from a spreadsheet: a file of offices is parsed and mapped into requests, each row
// is validated, a worker pool paced by one shared limiter submits them, and a per-row report is written from which
// the run can be resumed.
//
//	importer check FILE         read, map, validate; send nothing
//	importer run FILE           check, then create what is missing; run again to go on
//	importer rehearse FILE      the same run against the built-in simulator
//
// `importer help` has the rest.
package main

import (
	"context"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	os.Exit(run(os.Args[1:], newConsole(os.Stdin, os.Stdout, os.Stderr)))
}

// console is what the program reads from and writes to.
type console struct {
	in  io.Reader
	out io.Writer // only the summary
	err io.Writer // everything else: questions, the progress bar, log messages
	log *logger
}

// newConsole logs for a person until flags say otherwise.
func newConsole(in io.Reader, out, err io.Writer) console {
	return console{in, out, err, &logger{slog.New(textHandler{err, slog.LevelInfo}), false}}
}

// countingWriter counts the bytes written to it.
type countingWriter struct {
	io.Writer
	written int
}

func (w *countingWriter) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	w.written += n
	return n, err
}

// run is the whole program. It returns the exit status.
func run(args []string, c console) int {
	ctx, stop := withSignals(context.Background(), c.log)
	defer stop()
	out := &countingWriter{Writer: c.out}
	c.out = out
	root := newRoot(c)
	root.SetArgs(args)
	command, err := root.ExecuteContextC(ctx)
	return conclude(command, c, err, out.written == 0)
}

// withSignals ends the context at the first Ctrl-C or SIGTERM: the run takes no more rows, waits for calls in flight
// and writes the reports. The second exits at once, which is safe because the journal is on disk.
func withSignals(parent context.Context, log *logger) (context.Context, func()) {
	ctx, cancel := context.WithCancel(parent)
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		if _, ok := <-signals; !ok {
			return
		}
		log.Info("stopping; once more to leave at once")
		cancel()
		if _, ok := <-signals; ok {
			os.Exit(exitInterrupted)
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		close(signals)
		cancel()
	}
}
