package main

import (
	"bufio"
	"errors"
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

// trial is the rows of --canary: few that between them have every country,
// field and valid value that the pending rows have. By key, with their numbers.
type trial map[office.Key]int

// trialOf takes a file's rows in, and tells which to try once all were seen.
// What an office that was created before has needs no trial.
func trialOf(cover *office.Cover) func(office.Result) error {
	return func(r office.Result) error {
		switch r.Outcome {
		case office.Ready:
			cover.Add(&r.Request)
		case office.Created:
			if r.Request.Digest == r.Record.Digest { // else it was edited since, and that was never sent
				cover.Prove(&r.Request)
			}
		}
		return nil
	}
}

// rows are their numbers, as many as fit into a line.
func (t trial) rows() string {
	const most = 12
	var texts []string
	for i, row := range slices.Sorted(maps.Values(t)) {
		if i == most {
			texts = append(texts, "...")
			break
		}
		texts = append(texts, strconv.Itoa(row))
	}
	return strings.Join(texts, ", ")
}

// only leaves out all other rows.
func (t trial) only(requests iter.Seq2[*office.Request, error]) iter.Seq2[*office.Request, error] {
	return func(yield func(*office.Request, error) bool) {
		for r, err := range requests {
			if err == nil {
				if _, chosen := t[r.Key]; !chosen {
					continue
				}
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// tried is how a run ends that sent its trial rows and no others.
func (t trial) tried() error {
	return &submit.StopError{Reason: submit.StopCanary, Message: fmt.Sprintf("stopped after the canary (%s): look at what became of it", report.Counted(len(t), "row")),
		Hint: "run again to go on: without --canary, or with it for what is not yet tried"}
}

// asks says whether somebody is there to be asked.
func (o *runOptions) asks(c console) bool {
	_, terminal := terminalOf(c.in)
	return terminal && !o.yes
}

func (o *runOptions) orAsks(c console) string {
	if o.asks(c) {
		return ", and asks again"
	}
	return ""
}

// goOn asks, once the report of the trial is written, whether to send the rest.
// Where nobody is there to ask, or nobody is to be asked, it is not sent.
func (o *runOptions) goOn(c console, tried error, rest int) bool {
	var stop *submit.StopError
	if !errors.As(tried, &stop) || stop.Reason != submit.StopCanary || rest == 0 || !o.asks(c) {
		return false
	}
	fmt.Fprintf(c.err, "The canary's rows are in the report. Type yes to create the other %s: ", report.Counted(rest, "office"))
	return saysYes(c)
}

// saysYes reads the answer to a question.
func saysYes(c console) bool {
	answer, _ := bufio.NewReader(c.in).ReadString('\n')
	return strings.ToLower(strings.TrimSpace(answer)) == "yes"
}
