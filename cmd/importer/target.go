package main

import (
	"errors"
	"time"

	"github.com/spf13/cobra"

	"officeimporter/internal/importer"
)

// serverVariable is the environment variable for the server. Other programs use it too.
const serverVariable = "DIALPAD_SERVER"

// targetOptions are the flags for the server, the journal and the calls.
type targetOptions struct {
	server  string
	journal string
	rate    int
	timeout time.Duration
	grace   time.Duration // a flag of run only
}

func (o *targetOptions) flags(c *cobra.Command, serverHelp string) {
	f := c.Flags()
	f.StringVar(&o.server, "server", "", serverHelp+"production, sandbox, simulator or a `URL` (also "+serverVariable+")")
	f.StringVar(&o.journal, "journal", "", "`FILE` that remembers what was sent, or postgres://..., a database where several hosts share the work; default: the input's name with .SERVER.journal for its ending, or .SERVER.COMPANY.journal")
	f.IntVar(&o.rate, "rate", importer.MaxRate, "calls a minute, at most 1200")
	f.DurationVar(&o.timeout, "timeout", time.Minute, "of one call")
}

func (o *targetOptions) check() error {
	if o.rate < 1 || o.rate > importer.MaxRate {
		return fail("usage", "--rate 1200", "--rate %d: Dialpad allows 1 to %d calls a minute", o.rate, importer.MaxRate)
	}
	if o.timeout < 10*time.Millisecond {
		return fail("usage", "--timeout 60s", "--timeout %s is too short for any call", o.timeout)
	}
	return nil
}

// target returns the flags for the importer. Without --server it has no server.
func (o *targetOptions) target() (t importer.Target, err error) {
	t = importer.Target{Journal: o.journal, Rate: o.rate, Timeout: o.timeout, Grace: o.grace, Program: version()}
	if o.server != "" {
		t.Server, err = parseServer(o.server)
	}
	return t, err
}

// parseServer reads the value of --server.
func parseServer(text string) (importer.Server, error) {
	to, err := importer.ParseServer(text)
	var wrong *importer.ServerError
	switch {
	case !errors.As(err, &wrong):
		return to, err
	case wrong.PlainHost != "":
		return to, fail("usage", "--server https://"+wrong.PlainHost, "--server %w", err)
	}
	return to, fail("usage", "--server production, --server sandbox, --server simulator, or a URL such as https://dialpad.com", "--server %w", err)
}
