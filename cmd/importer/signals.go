package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// withSignals ends the context at the first Ctrl-C or SIGTERM: no more rows are
// taken, calls in flight are heard to their end, reports are written. The
// second leaves at once; the journal is on disk.
func withSignals(parent context.Context, say *voice) (context.Context, func()) {
	ctx, cancel := context.WithCancel(parent)
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		if _, ok := <-signals; !ok {
			return
		}
		say.Info("stopping; once more to leave at once")
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
