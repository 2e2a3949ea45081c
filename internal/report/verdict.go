package report

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"officeimporter/internal/office"
)

// Verdict says in one sentence what happened to a file.
func (s *Summary) Verdict() string {
	var parts []string
	switch err := s.Check(); {
	case err != nil:
		return "Don't trust this report: " + err.Error() + "."
	case s.Read == 0:
		return "The file has no rows."
	case s.Verb == "check":
		parts = s.forecastParts()
	default:
		parts = s.outcomeParts()
	}
	text := s.occasion() + strings.Join(parts, "; ") + "."
	return strings.ToUpper(text[:1]) + text[1:]
}

// occasion returns words for the start of the sentence if it could be mistaken for something else.
func (s *Summary) occasion() string {
	text := ""
	if s.Verb == "rehearse" {
		text = "rehearsal: "
	}
	if s.Stopped != "" {
		text += "stopped before the end: "
	}
	return text
}

// forecastParts is the verdict of a check.
func (s *Summary) forecastParts() (parts []string) {
	ready, there := s.Counts[office.Ready], s.Offices()
	switch {
	case ready > 0:
		parts = append(parts, be(ready, "office")+" ready to be created")
	case s.NeedsPerson() == 0:
		return []string{s.all() + " already: there is nothing to create"}
	default:
		parts = append(parts, "no office is ready to be created")
	}
	if there > 0 {
		parts = append(parts, be(there, s.RowNoun())+" "+verb(there, "an office", "offices")+" already")
	}
	if n := s.NeedsPerson(); n > 0 {
		parts = append(parts, fmt.Sprintf("%s %s a person first", Counted(n, s.RowNoun()), verb(n, "needs", "need")))
	}
	return parts
}

// outcomeParts is the verdict of a run. Unknown rows come last because they are the first thing to look at.
func (s *Summary) outcomeParts() []string {
	if s.Offices() == s.Read {
		return []string{s.all()}
	}
	var parts []string
	for _, o := range []office.Outcome{office.Created, office.Exists, office.Invalid, office.Refused, office.Pending, office.Ready, office.Unknown} {
		if n := s.Counts[o]; n > 0 {
			parts = append(parts, Thousands(n)+" "+shortWords[o])
		}
	}
	text := strings.Join(parts, ", ")
	if n := s.Counts[office.Unknown]; n > 0 {
		text += ": look at " + verb(n, "it", "them") + " before anything else"
	}
	return []string{text}
}

var shortWords = map[office.Outcome]string{office.Created: "created", office.Exists: "there before", office.Invalid: "invalid",
	office.Refused: "refused", office.Pending: "not sent yet", office.Ready: "ready", office.Unknown: "unknown"}

// RowNoun returns what the file calls its rows: "row" or "line".
func (s *Summary) RowNoun() string { return cmp.Or(s.Unit, "row") }

// Offices returns how many rows are offices now.
func (s *Summary) Offices() int { return s.Counts[office.Created] + s.Counts[office.Exists] }

func (s *Summary) all() string {
	if s.Read == 1 {
		return "the only " + s.RowNoun() + " is an office"
	}
	return fmt.Sprintf("all %s are offices", Counted(s.Read, s.RowNoun()))
}

// Exposure says what an approval would cost, or "" if no office would be created.
func (s *Summary) Exposure() string {
	left := s.Counts[office.Ready] + s.Counts[office.Pending] + s.Counts[office.Unknown]
	if left == 0 || s.Verb == "rehearse" {
		return ""
	}
	text := "A run creates "
	if s.Counts[office.Unknown] > 0 {
		text += "up to "
	}
	text += Counted(left, "office")
	if s.Rate > 0 {
		text += fmt.Sprintf(" and takes about %s at %s calls a minute", Spell(time.Duration(left)*time.Minute/time.Duration(s.Rate)), Thousands(s.Rate))
	}
	return text + ". An office costs money and can't be deleted through the API."
}

// Tone returns how urgent the verdict is: alarm, care or calm.
func (s *Summary) Tone() string {
	switch {
	case s.Check() != nil || s.Stopped != "" || s.Counts[office.Unknown] > 0:
		return "alarm"
	case s.NeedsPerson() > 0 || s.Counts[office.Pending] > 0:
		return "care"
	}
	return "calm"
}

// Counted returns a number of things as people write it: "1 row", "1,204 rows".
func Counted(n int, noun string) string { return Thousands(n) + " " + verb(n, noun, noun+"s") }

func be(n int, noun string) string { return Counted(n, noun) + " " + verb(n, "is", "are") }

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// Spell returns a duration as people say it: "12 s", "5 min", "1 h 05 min".
func Spell(d time.Duration) string {
	switch d = max(d.Round(time.Second), time.Second); {
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d.Round(time.Minute).Minutes()))
	}
	return fmt.Sprintf("%d h %02d min", int(d.Hours()), int(d.Minutes())%60)
}
