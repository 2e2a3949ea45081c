package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"officeimporter/internal/report"
	"officeimporter/internal/submit"
)

// serverVariable names the server for all programs that know it.
const serverVariable = "DIALPAD_SERVER"

// maxRate is Dialpad's documented limit, in calls a minute.
const maxRate = 1200

// targetOptions say which server is spoken to, and what remembers it.
type targetOptions struct {
	server  string
	journal string
	rate    int
	timeout time.Duration
	grace   time.Duration // run alone
}

func (o *targetOptions) flags(c *cobra.Command, serverHelp string) {
	f := c.Flags()
	f.StringVar(&o.server, "server", "", serverHelp+"production, sandbox, simulator or a `URL` (also "+serverVariable+")")
	f.StringVar(&o.journal, "journal", "", "`FILE` that remembers what was sent, or postgres://..., a database where several hosts share the work; default: the input's name with .SERVER.journal for its ending")
	f.IntVar(&o.rate, "rate", maxRate, "calls a minute, at most 1200")
	f.DurationVar(&o.timeout, "timeout", time.Minute, "of one call")
}

func (o *targetOptions) check() error {
	if o.rate < 1 || o.rate > maxRate {
		return fail("usage", "--rate 1200", "--rate %d: Dialpad allows 1 to %d calls a minute", o.rate, maxRate)
	}
	if o.timeout < 10*time.Millisecond {
		return fail("usage", "--timeout 60s", "--timeout %s is too short for any call", o.timeout)
	}
	return nil
}

// connection is a client for one server and company, and the limiter of its calls.
type connection struct {
	server  server
	client  *submit.Client
	limiter *submit.Limiter
}

func (o *targetOptions) connect(s server, key submit.Secret, company string, limiter *submit.Limiter) connection {
	return connection{s, submit.NewClient(submit.ClientOptions{Server: s.url, Key: key, Company: company,
		Timeout: o.timeout, Grace: o.grace, Agent: "office-importer/" + version()}, limiter), limiter}
}

// look reads what is known of a server before anything is sent to it: the
// journal, and with --server the list of offices. Without either, both are empty.
func (o *targetOptions) look(ctx context.Context, c console, file, company string) (memory, *submit.Listing, error) {
	if err := o.check(); err != nil {
		return nil, nil, err
	}
	if o.server == "" {
		journal, err := readMemory(o.journal, report.Header{})
		return journal, nil, err
	}
	s, err := parseServer(o.server)
	if err != nil {
		return nil, nil, err
	}
	key, err := apiKey(c, s)
	if err != nil {
		return nil, nil, err
	}
	connection := o.connect(s, key, company, submit.NewLimiter(o.rate, time.Minute))
	defer connection.client.Close()
	listing, err := connection.client.List(ctx)
	var failed *submit.ListError
	if errors.As(err, &failed) {
		return nil, nil, failed.Stop()
	}
	if err != nil {
		return nil, nil, err
	}
	journal, err := readMemory(o.journalPath(file, s), report.Header{Server: s.url.String(), Company: company, Input: file})
	return journal, listing, err
}

func (o *targetOptions) journalPath(file string, s server) string {
	if o.journal != "" {
		return o.journal
	}
	return journalPath(file, s.label)
}
