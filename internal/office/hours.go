package office

import (
	"fmt"
	"strings"
)

// Kinds of problems with opening hours.
const (
	BadTime            ProblemKind = "bad_time"
	HoursOddCount      ProblemKind = "hours_odd_count"
	HoursOverlap       ProblemKind = "hours_overlap"
	HoursCrossMidnight ProblemKind = "hours_cross_midnight"
	Undocumented24     ProblemKind = "undocumented_24_00" // a warning
	HoursWithoutOn     ProblemKind = "hours_without_hours_on"
)

// isClock reports whether t is HH:MM from 00:00 to 24:00.
func isClock(t string) bool {
	if len(t) != len("HH:MM") || t[2] != ':' || t[0] > '2' || t[3] > '5' || t > "24:00" {
		return false
	}
	for _, i := range [...]int{0, 1, 3, 4} {
		if t[i] < '0' || '9' < t[i] {
			return false
		}
	}
	return true
}

// String returns the hours as people write them: "08:00-12:00, 14:00-18:00", or "closed".
func (h Hours) String() string {
	if len(h) == 0 {
		return "closed"
	}
	var b strings.Builder
	for i, t := range h {
		b.WriteString([]string{", ", "-"}[i%2])
		b.WriteString(t)
	}
	return strings.TrimPrefix(b.String(), ", ")
}

// check returns the first problem with the hours of a day, or nil. It can compare times as text because they are all
// HH:MM.
func (h Hours) check() *Problem {
	for _, t := range h {
		if !isClock(t) {
			return &Problem{Kind: BadTime, Value: t, Message: fmt.Sprintf("%q is not a time", t), Suggestion: "times are 00:00 to 23:59"}
		}
	}
	if len(h)%2 != 0 {
		return &Problem{Kind: HoursOddCount, Message: fmt.Sprintf("%s opens but doesn't close", strings.Join(h, ", ")), Suggestion: "hours are pairs of open and close, such as 08:00-12:00, 14:00-18:00"}
	}
	for i := 0; i < len(h); i += 2 {
		if p := h.checkPair(i); p != nil {
			return p
		}
	}
	return nil
}

func (h Hours) checkPair(i int) *Problem {
	opens, closes := h[i], h[i+1]
	if closes <= opens {
		return &Problem{Kind: HoursCrossMidnight, Message: fmt.Sprintf("%s-%s closes before it opens", opens, closes),
			Suggestion: "hours past midnight are not documented: end the day at 23:59, and open the next day at 00:00"}
	}
	if i > 0 && opens < h[i-1] {
		return &Problem{Kind: HoursOverlap, Message: fmt.Sprintf("%s-%s overlaps %s-%s", opens, closes, h[i-2], h[i-1]),
			Suggestion: "list the hours of a day in order, without overlap"}
	}
	return nil
}

// ends24 reports whether the day closes at 24:00, which the document doesn't mention.
func (h Hours) ends24() bool { return len(h) > 0 && h[len(h)-1] == "24:00" }
