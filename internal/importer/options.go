package importer

import (
	"cmp"
	"context"
	"log/slog"
	"net"
	"time"

	"officeimporter/internal/report"
	"officeimporter/internal/submit"
	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/limit"
)

// Options say where offices are created, how, and what is written and asked
// meanwhile.
type Options struct {
	Target
	Sending
	Talk
	Reports []Report // nil: NAME.report.csv next to the file, and NAME.report.xlsx for a workbook
	Files   []Role   // that somebody else writes during the run: none may be one of its own
}

// Target is whom a run calls, and what remembers it.
type Target struct {
	Server  Server
	Key     func() (api.Secret, error)                                           // asked once the file is known to be usable; nil: no key
	Journal string                                                               // a file, or postgres://...; empty: the file's own for the server and company
	State   string                                                               // folder for locks; empty: the user's
	Wait    time.Duration                                                        // for another run of the company to end
	Rate    int                                                                  // calls a minute; 0: 1200
	Timeout time.Duration                                                        // of one call; 0: a minute
	Grace   time.Duration                                                        // how long answers are awaited once the context has ended; 0: to their end
	Program string                                                               // version, for the server and the journal
	Dial    func(ctx context.Context, network, address string) (net.Conn, error) // nil: over the network
}

// MaxRate is Dialpad's documented limit, in calls a minute.
const MaxRate = 1200

// Sending is how rows are sent.
type Sending struct {
	Workers      int                // calls in flight at once; 0: 64
	Settle       time.Duration      // an office that a call created is in the list by then; 0: 45 s
	First        int                // send the first rows, then stop; 0: all
	RetryRefused bool               // send refused rows again although they are unchanged
	MaxFailures  func(rows int) int // bound on refused rows, of that many valid ones; nil or 0: none
	Canary       bool               // first the fewest rows that have every country, field and valid value
	Verify       bool               // at the end list all offices once more
}

// Talk is what a run says and asks meanwhile. Everything may be left out.
type Talk struct {
	Log *slog.Logger // nil: silent
	// Confirm is asked before anything is sent; an error ends the run.
	Confirm func(*File, *Forecast) error
	// GoOn is asked after the canary, with its result, whether to send the rest.
	GoOn func(*Result) bool
	// Progress watches a pass that sends rows until the function that it returns
	// is called. The poll may be called at any time.
	Progress func(rows int, poll func() submit.Progress) (stop func())
	// Say hears what a person should know while rows are sent. The company is
	// empty where there is only one.
	Say func(company, message string)
	// Complete adds to a summary what to do next, before it is written.
	Complete func(*report.Summary, error)
	// Written hears that a pass has ended and its reports are written.
	Written func(*Result) error
	// Again is what to type to go on with the run, for other runs to tell. The
	// journal is a path, or empty where the file says which.
	Again func(journal string) string
}

// Key is for Target.Key where the key is known.
func Key(value string) func() (api.Secret, error) {
	return func() (api.Secret, error) { return api.NewSecret(value), nil }
}

// complete fills in what is not given.
func (o *Options) complete() {
	o.Rate, o.Timeout = cmp.Or(o.Rate, MaxRate), cmp.Or(o.Timeout, time.Minute)
	o.Workers, o.Settle = cmp.Or(o.Workers, 64), cmp.Or(o.Settle, 45*time.Second)
	if o.Key == nil {
		o.Key = Key("")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Progress == nil {
		o.Progress = func(int, func() submit.Progress) func() { return func() {} }
	}
	if o.Say == nil {
		o.Say = func(string, string) {}
	}
	if o.Complete == nil {
		o.Complete = func(*report.Summary, error) {}
	}
	if o.Written == nil {
		o.Written = func(*Result) error { return nil }
	}
}

// client makes the calls of a company.
func (t *Target) client(key api.Secret, company string, limiter *limit.Limiter) *api.Client {
	return api.New(api.Options{Server: t.Server.URL, Key: key, Company: company,
		Timeout: t.Timeout, Grace: t.Grace, Dial: t.Dial, Agent: "office-importer/" + t.Program}, limiter)
}
