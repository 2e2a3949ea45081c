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

// notifyTimeout is how long the webhook may take: a run that is over should end.
const notifyTimeout = 10 * time.Second

// announcement is what --notify posts. Chat programs show its text.
type announcement struct {
	Text    string          `json:"text"`
	Exit    int             `json:"exit"`
	Summary json.RawMessage `json:"summary,omitempty"` // as --json has it; none where there is no report
	Errors  []jsonError     `json:"errors,omitempty"`  // likewise
}

// announce tells the webhook how a run has ended. That it can't be told is no
// reason for another exit status.
func announce(c console, webhook, file string, s *report.Summary, ended error) {
	if webhook == "" {
		return
	}
	body, err := newAnnouncement(file, s, ended)
	if err == nil {
		ctx, cancel := context.WithTimeout(context.Background(), notifyTimeout) // also after Ctrl-C
		defer cancel()
		err = notify.Post(ctx, webhook, body)
	}
	if err != nil {
		c.say.Warn("--notify: " + err.Error())
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

// countsOf is such as "38 created, 2 unknown".
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
