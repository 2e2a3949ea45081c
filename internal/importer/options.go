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

// Options say where and how offices are created, which reports are written, and whom to ask and tell meanwhile.
type Options struct {
	Target
	Sending
	Callbacks
	Reports []Report // nil: NAME.report.csv next to the file, and NAME.report.xlsx for a workbook
	Files   []Role   // files that the caller writes during the run; none may be a file of the run
}

// Target is the server, the journal and the locks of a run.
type Target struct {
	Server  Server
	Key     func() (api.Secret, error)                                           // called once the file is known to be usable; nil: no key
	Journal string                                                               // a file or postgres://...; empty: next to the file
	State   string                                                               // folder for locks; empty: the user's
	Wait    time.Duration                                                        // how long to wait for another run of the company; 0: not at all
	Rate    int                                                                  // calls a minute; 0: 1200
	Timeout time.Duration                                                        // for one call; 0: a minute
	Grace   time.Duration                                                        // how long to wait for answers after the context ends; 0: no limit
	Program string                                                               // version, for the server and the journal
	Dial    func(ctx context.Context, network, address string) (net.Conn, error) // nil: over the network
}

// MaxRate is Dialpad's documented limit, in calls a minute.
const MaxRate = 1200

// Sending is how rows are sent.
type Sending struct {
	Workers      int                // calls in flight at once; 0: 64
	Settle       time.Duration      // how long until a new office is in the list; 0: 45 s
	First        int                // send this many rows, then stop; 0: all
	RetryRefused bool               // send refused rows again although they are unchanged
	MaxFailures  func(rows int) int // how many refused rows stop the run, given the valid rows; nil or 0: no limit
	Canary       bool               // first try the few rows that have every country, field and valid value
	Verify       bool               // list all offices once more at the end
}

// Callbacks are what a run asks and tells while it is under way. All may be nil.
type Callbacks struct {
	Log *slog.Logger // nil: silent
	// Confirm is called before anything is sent. An error ends the run. Nil sends without asking.
	Confirm func(*File, *Forecast) error
	// GoOn is called after the canary, with its result: true sends the rest.
	GoOn func(*Result) bool
	// Progress is called when sending starts, and stop when it ends. poll may be called at any time.
	Progress func(rows int, poll func() submit.Progress) (stop func())
	// Say is called with what a person should know while rows are sent. The company is empty if there is only one.
	// Calls may be concurrent.
	Say func(company, message string)
	// Complete adds to a summary what to do next, before it is written. The error is why the run stopped early, or
	// nil.
	Complete func(*report.Summary, error)
	// Written is called when the reports of a pass are written.
	Written func(*Result) error
	// Again returns the command that goes on with the run, which other runs show if this one leaves unknown rows. The
	// journal is a path, or empty if the file decides it.
	Again func(journal string) string
}

// Key returns a Target.Key for a key that is already known.
func Key(value string) func() (api.Secret, error) {
	return func() (api.Secret, error) { return api.NewSecret(value), nil }
}

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

func (t *Target) client(key api.Secret, company string, limiter *limit.Limiter) *api.Client {
	return api.New(api.Options{Server: t.Server.URL, Key: key, Company: company,
		Timeout: t.Timeout, Grace: t.Grace, Dial: t.Dial, Agent: "office-importer/" + t.Program}, limiter)
}
