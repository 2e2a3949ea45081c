package main

import (
	"errors"
	"os"
	"time"

	"github.com/spf13/cobra"

	"officeimporter/internal/journal"
	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/limit"
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
	f.StringVar(&o.journal, "journal", "", "`FILE` that remembers what was sent, or postgres://..., a database where several hosts share the work; default: the input's name with .SERVER.journal for its ending, or .SERVER.COMPANY.journal")
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
	client  *api.Client
	limiter *limit.Limiter
}

func (o *targetOptions) connect(s server, key api.Secret, company string, limiter *limit.Limiter) connection {
	return connection{s, api.New(api.Options{Server: s.url, Key: key, Company: company,
		Timeout: o.timeout, Grace: o.grace, Agent: "office-importer/" + version()}, limiter), limiter}
}

// journalPath is the journal that is named, or the company's own beside the
// file. One that stands there under the name without the company, as a run with
// --company once called it, is gone on with.
func (o *targetOptions) journalPath(file string, s server, company string) (string, error) {
	if o.journal != "" {
		return o.journal, nil
	}
	path := journalPath(file, s.label, company)
	if company == "" || exists(path) {
		return path, nil
	}
	plain := journalPath(file, s.label, "")
	journal, err := journal.Read(plain)
	if errors.Is(err, os.ErrNotExist) {
		return path, nil
	}
	if err != nil {
		return "", err
	}
	if h := journal.Header(); h.Server == s.url.String() && h.Company == company {
		path = plain
	}
	return path, journal.Close()
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
