package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"officeimporter/internal/notify"
	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

// notifyTimeout is how long the webhook may take. It is short, because the run itself is over.
const notifyTimeout = 10 * time.Second

// announcement is the JSON that --notify posts. Chat programs show its text.
type announcement struct {
	Text    string          `json:"text"`
	Exit    int             `json:"exit"`
	Summary json.RawMessage `json:"summary,omitempty"` // as --json prints it; missing if there is no report
	Errors  []jsonError     `json:"errors,omitempty"`  // as --json prints them, if there is no report
}

// announce tells the webhook how a run ended. If that fails, it only warns: the exit status is about the run.
func announce(c console, webhook, file string, s *report.Summary, ended error) {
	if webhook == "" {
		return
	}
	body, err := newAnnouncement(file, s, ended)
	if err == nil {
		ctx, cancel := context.WithTimeout(context.Background(), notifyTimeout) // not the run's context: announce after Ctrl-C too
		defer cancel()
		err = notify.Post(ctx, webhook, body)
	}
	if err != nil {
		c.log.Warn("--notify: " + err.Error())
	}
}

func newAnnouncement(file string, s *report.Summary, ended error) ([]byte, error) {
	a := announcement{Exit: exitStatus(ended)}
	if s == nil {
		a.Text = fmt.Sprintf("importer: %s: %v (exit %d)", file, ended, a.Exit)
		a.Errors = jsonErrors(ended)
		return json.Marshal(a)
	}
	var summary bytes.Buffer
	if err := s.WriteJSON(&summary); err != nil {
		return nil, err
	}
	a.Summary = summary.Bytes()
	a.Text = fmt.Sprintf("importer: %s at %s: %s (exit %d)", file, s.Server, countsOf(s), a.Exit)
	if s.Stopped != "" {
		a.Text += "\n" + s.Stopped
	}
	if s.NeedsPerson() > 0 {
		a.Text += "\nneeds a person: " + strings.Join(s.Reports, ", ")
	}
	return json.Marshal(a)
}

// countsOf returns text such as "38 created, 2 unknown".
func countsOf(s *report.Summary) string {
	var parts []string
	for _, o := range office.Outcomes() {
		if n := s.Count(o); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, o))
		}
	}
	if len(parts) == 0 {
		return "no rows"
	}
	return strings.Join(parts, ", ")
}
