package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/simulator"
)

// verdict is what the stand-in's own books say of a rehearsal.
type verdict struct {
	Sound         bool     `json:"sound"`        // every office once, and the report true
	Once          int      `json:"created_once"` // offices
	Twice         int      `json:"created_twice"`
	Lost          int      `json:"lost"`       // reported as created, but not there
	Unreported    int      `json:"unreported"` // there, but not reported as created
	Calls         int      `json:"calls"`
	BusiestSecond int      `json:"busiest_second"` // calls, as they arrived
	BusiestMinute int      `json:"busiest_minute"`
	TooMany       int      `json:"answered_429"`
	Faults        []string `json:"faults"`
	RealRun       string   `json:"real_run"` // how long it will take
}

// createdIDs collects the offices that the report calls created.
type createdIDs map[string]bool

func (ids createdIDs) add(r office.Result) error {
	if r.Outcome == office.Created {
		ids[r.Record.OfficeID] = true
	}
	return nil
}

// judgeRehearsal holds the report against the stand-in's books.
func judgeRehearsal(reported createdIDs, truth *simulator.Truth, real time.Duration) verdict {
	v := truth.Verdict()
	result := verdict{Once: v.Once, Twice: len(v.More), Lost: len(reported), Calls: v.Calls, BusiestSecond: v.BusiestSecond,
		BusiestMinute: v.BusiestMinute, TooMany: v.TooMany, Faults: faultsMet(truth), RealRun: report.Spell(real)}
	for _, creation := range truth.Created {
		if reported[creation.ID] {
			result.Lost--
		} else {
			result.Unreported++
		}
	}
	result.Sound = result.Twice == 0 && result.Lost == 0 && result.Unreported == 0
	return result
}

func faultsMet(truth *simulator.Truth) []string {
	met := []string{}
	for fault, times := range truth.Faults {
		met = append(met, fmt.Sprintf("%s %d", fault, times))
	}
	slices.Sort(met)
	return met
}

// err is the loud one, of a broken promise.
func (v verdict) err() error {
	if v.Sound {
		return nil
	}
	return &hinted{fmt.Errorf("the rehearsal broke a promise: %d offices created twice, %d lost, %d not reported", v.Twice, v.Lost, v.Unreported),
		"rehearsal", "please report this, with the rehearsal's journal"}
}

func (v verdict) text(w io.Writer) error {
	words := "every office was created exactly once, and the report is true"
	if !v.Sound {
		words = "NOT SOUND: " + v.err().Error()
	}
	fmt.Fprintf(w, "\nverdict: %s\n", words)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "  created once\t%d\n  created twice\t%d\n  lost\t%d\n", v.Once, v.Twice, v.Lost+v.Unreported)
	fmt.Fprintf(t, "  calls\t%d, at most %d of 1200 in a minute, %d answered 429\n", v.Calls, v.BusiestMinute, v.TooMany)
	fmt.Fprintf(t, "  faults met\t%s\n  the real run\ttakes about %s\n", strings.Join(v.Faults, ", "), v.RealRun)
	return t.Flush()
}

// printRehearsal writes the summary and the verdict, as one object with --json.
func (o *outputOptions) printRehearsal(c console, s *report.Summary, v verdict) error {
	if !o.json {
		if err := o.print(c, s, false); err != nil || o.quiet && v.Sound {
			return err
		}
		return v.text(c.out)
	}
	var summary bytes.Buffer
	if err := s.WriteJSON(&summary); err != nil {
		return err
	}
	return json.NewEncoder(c.out).Encode(map[string]any{"summary": json.RawMessage(summary.Bytes()), "verdict": v})
}
