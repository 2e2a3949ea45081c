package importer

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/submit"
)

// Canary is the rows to try first: row numbers by key. Together they have every country, field and valid value that
// the pending rows have.
type Canary map[office.Key]int

// Rows returns the row numbers as text, as many as fit into a line.
func (c Canary) Rows() string {
	const most = 12
	var texts []string
	for i, row := range slices.Sorted(maps.Values(c)) {
		if i == most {
			texts = append(texts, "...")
			break
		}
		texts = append(texts, strconv.Itoa(row))
	}
	return strings.Join(texts, ", ")
}

// only returns the requests of the canary, and errors.
func (c Canary) only(requests iter.Seq2[*office.Request, error]) iter.Seq2[*office.Request, error] {
	return func(yield func(*office.Request, error) bool) {
		for r, err := range requests {
			if err == nil {
				if _, chosen := c[r.Key]; !chosen {
					continue
				}
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// tried is how a run ends that sent only the canary.
func (c Canary) tried() error {
	return &submit.StopError{Reason: submit.StopCanary,
		Message: fmt.Sprintf("stopped after the canary (%s): look at what became of it", report.Counted(len(c), "row")),
		Hint:    "run again to go on: without --canary, or with it for what is not yet tried"}
}
