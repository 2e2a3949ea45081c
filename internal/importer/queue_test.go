package importer

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"
	"testing/synctest"

	"officeimporter/internal/office"
)

// rowsOf returns requests of the companies in turn, and then failure if it is not nil.
// It counts the passes.
func rowsOf(passes *int, n int, failure error, companies ...string) iter.Seq2[*office.Request, error] {
	return func(yield func(*office.Request, error) bool) {
		*passes++
		for i := range n {
			if !yield(&office.Request{Row: i + 2, Company: companies[i%len(companies)]}, nil) {
				return
			}
		}
		if failure != nil {
			yield(nil, failure)
		}
	}
}

// Companies get their rows in order and from one pass. One that takes no rows does not
// block the others.
func TestQueues(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("the file is damaged")
		passes := 0
		queues := newQueues(companyRuns{{company: "1"}, {company: "2"}, {company: "3"}})
		go queues.fill(t.Context(), rowsOf(&passes, 3000, broken, "1", "2", "3", "4"))
		for _, company := range []string{"3", "1"} { // 2 never takes any
			var rows []int
			var last error
			for r, err := range queues[company].all {
				if last = err; err == nil {
					rows = append(rows, r.Row)
				}
			}
			if len(rows) != 750 || !slices.IsSorted(rows) || !errors.Is(last, broken) {
				t.Errorf("company %s: %d rows, in order: %v, then %v", company, len(rows), slices.IsSorted(rows), last)
			}
		}
		if passes != 1 {
			t.Errorf("%d passes", passes)
		}
	})
}

// A reader that stops early gets no more rows.
func TestQueueStopsEarly(t *testing.T) {
	passes, n := 0, 0
	queues := newQueues(companyRuns{{company: "1"}})
	queues.fill(t.Context(), rowsOf(&passes, 10, nil, "1"))
	for range queues["1"].all {
		if n++; n == 3 {
			break
		}
	}
	if rest := fmt.Sprint(len(queues["1"].rows)); n != 3 || rest != "7" {
		t.Errorf("%d taken, %s left", n, rest)
	}
}
