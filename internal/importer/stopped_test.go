package importer

import (
	"context"
	"errors"
	"testing"

	"officeimporter/internal/office"
	"officeimporter/internal/submit"
)

func stop(reason submit.StopReason, message string) error {
	return &submit.StopError{Reason: reason, Message: message, Hint: "hint of " + string(reason)}
}

// Each reason is told once, and the exit status is that of the most serious one.
func TestCompaniesEnded(t *testing.T) {
	interrupted, first := stop(submit.StopInterrupted, "interrupted"), submit.FirstReached()
	denied, busy, key := stop(submit.StopDenied, "denied"), stop(submit.StopThrottled, "busy"), stop(submit.StopKey, "the key")
	with := &haltError{"1"}
	tests := map[string]struct {
		stopped []error // of companies 1, 2, ...
		want    string
		reason  submit.StopReason // decides the exit status
	}{
		"none":                {[]error{nil, nil}, "", ""},
		"one company":         {[]error{denied}, "denied", submit.StopDenied},
		"one of two":          {[]error{nil, denied}, "company 2: denied", submit.StopDenied},
		"alike":               {[]error{denied, nil, stop(submit.StopDenied, "denied")}, "company 1, 3: denied", submit.StopDenied},
		"each its own":        {[]error{denied, busy}, "company 1: denied\ncompany 2: busy", submit.StopDenied},
		"an interrupt first":  {[]error{denied, interrupted, interrupted}, "interrupted\ncompany 1: denied", submit.StopInterrupted},
		"the key":             {[]error{key, with, with}, "the key", submit.StopKey},
		"the key twice":       {[]error{key, stop(submit.StopKey, "the key, in other words")}, "the key", submit.StopKey},
		"--first":             {[]error{nil, first, first}, "stopped after the rows that --first allows", submit.StopFirst},
		"more than --first":   {[]error{first, denied}, "company 2: denied", submit.StopDenied},
		"--first of only one": {[]error{first}, "stopped after the rows that --first allows", submit.StopFirst},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var all companyRuns
			for i, err := range test.stopped {
				all = append(all, &companyRun{company: string(rune('1' + i)), stopped: err})
			}
			err, said := all.stopReason(), ""
			if err != nil {
				said = err.Error()
			}
			if said != test.want || reasonOf(err) != test.reason {
				t.Errorf("%q, %s; want %q, %s", said, reasonOf(err), test.want, test.reason)
			}
		})
	}
}

// A run that stopped because of another company says so. A run that the user
// interrupted does not.
func TestHalted(t *testing.T) {
	interrupted := stop(submit.StopInterrupted, "interrupted")
	ctx, halt := context.WithCancelCause(t.Context())
	halt(&haltError{"7"})
	c := &companyRun{company: "8"}
	if err := c.haltedBy(ctx, interrupted); !halted(err) || err.Error() != "with company 7" {
		t.Errorf("stopped with another one: %v", err)
	}
	if err := c.haltedBy(ctx, stop(submit.StopDenied, "denied")); halted(err) || err == nil {
		t.Errorf("a reason of its own: %v", err)
	}
	user, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.haltedBy(user, interrupted); !errors.Is(err, interrupted) {
		t.Errorf("interrupted by the user: %v", err)
	}
}

// First counts rows of the whole file, in the order of the sheet.
func TestCompaniesShareFirst(t *testing.T) {
	rows := []string{"2", "1", "2", "", "2", "1", "3"}
	tests := map[string]struct {
		first int
		ready [3]int // of companies 1, 2, 3
		held  [3]int
		bound [3]int
	}{
		"no bound": {0, [3]int{2, 3, 1}, [3]int{}, [3]int{}},
		"some":     {3, [3]int{1, 2, 0}, [3]int{1, 1, 1}, [3]int{1, 2, -1}},
		"all":      {9, [3]int{2, 3, 1}, [3]int{}, [3]int{2, 3, 1}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			all := companyRuns{{company: "1"}, {company: "2"}, {company: "3"}}
			take := all.count(test.first)
			for _, company := range rows {
				r := office.Result{Outcome: office.Ready, Request: office.Request{Company: company}}
				if company == "" {
					r.Outcome = office.Invalid
				}
				if err := take(r); err != nil {
					t.Fatal(err)
				}
			}
			for i, c := range all {
				if c.ready != test.ready[i] || c.held != test.held[i] || c.first != test.bound[i] {
					t.Errorf("company %s: ready %d, held %d, first %d; want %d, %d, %d", c.company, c.ready, c.held, c.first, test.ready[i], test.held[i], test.bound[i])
				}
			}
		})
	}
	one := companyRuns{{}}
	take := one.count(3)
	for range 5 {
		_ = take(office.Result{Outcome: office.Ready})
	}
	if one[0].first != 3 || one[0].held != 2 {
		t.Errorf("one company: first %d, held %d", one[0].first, one[0].held)
	}
}
