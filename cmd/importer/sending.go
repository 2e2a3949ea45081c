package main

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"officeimporter/internal/importer"
)

// sendOptions are the flags for how rows are sent.
type sendOptions struct {
	workers      int
	settle       time.Duration
	retryRefused bool
	first        int
	maxFailures  maxFailures
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

// sending returns the flags for the importer. --settle 0 becomes a nanosecond, as 0 would mean the importer's
// default.
func (o *sendOptions) sending() importer.Sending {
	return importer.Sending{Workers: o.workers, Settle: cmp.Or(o.settle, time.Nanosecond), RetryRefused: o.retryRefused,
		First: o.first, MaxFailures: o.maxFailures.of}
}

// maxFailures is --max-failures: a number of rows, or a percentage of the valid rows.
type maxFailures struct {
	text    string
	number  int
	percent bool
}

// Set reads "20" or "5%".
func (m *maxFailures) Set(text string) error {
	digits, percent := strings.CutSuffix(text, "%")
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || percent && n > 100 {
		return fmt.Errorf("a number of rows, or 1%% to 100%%")
	}
	*m = maxFailures{text, n, percent}
	return nil
}

func (m *maxFailures) String() string { return m.text }

// Type is what help calls the value.
func (m *maxFailures) Type() string { return "N" }

// of is the most failures for this many valid rows; 0: no limit.
func (m *maxFailures) of(rows int) int {
	if !m.percent {
		return m.number
	}
	return max(1, rows*m.number/100)
}
