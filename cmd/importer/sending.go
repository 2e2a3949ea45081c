package main

import (
	"cmp"
	"time"

	"github.com/spf13/cobra"

	"officeimporter/internal/importer"
)

// sendOptions say how rows are sent, beside where to.
type sendOptions struct {
	workers      int
	settle       time.Duration
	retryRefused bool
	first        int
	maxFailures  failures
}

func (o *sendOptions) flags(c *cobra.Command, settle time.Duration) {
	f := c.Flags()
	f.IntVar(&o.workers, "workers", 64, "calls in flight at once")
	f.DurationVar(&o.settle, "settle", settle, "an office that a call made is in the list by then")
	f.BoolVar(&o.retryRefused, "retry-refused", false, "send refused rows again although they are unchanged")
	f.IntVar(&o.first, "first", 0, "send the first `N` pending rows, then stop (exit 3)")
	f.Var(&o.maxFailures, "max-failures", "stop after so many refused rows: `N` or N%")
}

func (o *sendOptions) check() error {
	if o.workers < 1 || o.workers > 1000 {
		return fail("usage", "--workers 64", "--workers %d: 1 to 1000", o.workers)
	}
	if o.settle < 0 || o.first < 0 {
		return fail("usage", "", "--settle and --first can't be negative")
	}
	return nil
}

// sending is what the flags say; a window of 0 is one that has just closed.
func (o *sendOptions) sending() importer.Sending {
	return importer.Sending{Workers: o.workers, Settle: cmp.Or(o.settle, time.Nanosecond), RetryRefused: o.retryRefused, First: o.first, MaxFailures: o.maxFailures.of}
}
