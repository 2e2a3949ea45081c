package hours

import (
	"fmt"
	"slices"
	"strings"

	"officeimporter/internal/office"
)

const (
	noon     = 12 * 60 // minutes of the day
	Midnight = 24 * 60 // at its end
	// early is before anybody opens: "1:00-5:00" means the afternoon, while
	// "8:00-11:00" means what it says.
	early = 6 * 60
)

// half says which half of the day a time names.
type half uint8

const (
	noHalf half = iota
	am
	pm
)

// Time is a time of day as somebody wrote it.
type Time struct {
	minute int  // of the day by the digits that stand there, 0 to midnight
	half   half // as written; the minute doesn't know it yet
	bare   bool // an hour alone, as both of "9-5"
	clock  bool // it can only be of a 24-hour clock: 08:00, 17:00, 0:30, a fraction of a day
}

// At is a moment that needs no interpretation.
func At(minute int) Time { return Time{minute: minute, clock: true} }

// in is the minute of the day if the time is in the given half of it.
func (t Time) in(h half) int {
	switch {
	case t.clock || h == noHalf:
		return t.minute
	case h == pm:
		return t.minute%noon + noon
	}
	return t.minute % noon
}

// plausible tells whether a half of the day can stand with the digits: "14:00
// pm" is said twice, "14:00 am" is wrong.
func (t Time) plausible() bool {
	return t.half == noHalf || t.minute < noon+60 || t.half == pm && t.minute < Midnight
}

// String is the time as the digits say it: "09:00".
func (t Time) String() string { return ClockText(t.minute) }

// ClockText is a minute of the day as "HH:MM".
func ClockText(minute int) string {
	h, m := minute/60, minute%60
	return string([]byte{byte('0' + h/10), byte('0' + h%10), ':', byte('0' + m/10), byte('0' + m%10)})
}

// Interval is a time when somebody opens and one when they close; the latter
// may be missing.
type Interval struct {
	Opens, Closes Time
	OpensOnly     bool // only opens is there
}

// resolve is the minutes that an interval means. It doesn't guess: where two
// readings make sense it is a problem. clock24 says that some time beside it
// is of a 24-hour clock.
func (v Interval) resolve(clock24 bool) (opens, closes int, p *office.Problem) {
	a, b := v.Opens, v.Closes
	switch {
	case a.half != noHalf && b.half != noHalf:
		opens, closes = a.in(a.half), b.in(b.half)
	case a.half != noHalf && !b.clock, b.half != noHalf && !a.clock:
		return v.guessHalf()
	case a.half != noHalf || b.half != noHalf:
		opens, closes = a.in(a.half), b.in(b.half)
	case !clock24 && (a.bare || b.bare || b.minute <= a.minute || a.minute < early):
		return 0, 0, v.ambiguous()
	default:
		opens, closes = a.minute, b.minute
	}
	return opens, untilMidnight(opens, closes), nil
}

// guessHalf is for "8-6pm", where only one half of the day makes sense of the
// other time; "1-5pm" has two.
func (v Interval) guessHalf() (opens, closes int, p *office.Problem) {
	fits := 0
	for _, h := range []half{am, pm} {
		o, c := v.Opens.in(h), v.Closes.in(v.Closes.half)
		if v.Opens.half != noHalf {
			o, c = v.Opens.in(v.Opens.half), v.Closes.in(h)
		}
		if c = untilMidnight(o, c); o < c {
			opens, closes = o, c
			fits++
		}
	}
	if fits != 1 {
		return 0, 0, v.ambiguous()
	}
	return opens, closes, nil
}

// untilMidnight: who closes at 00:00 or 12 am closes at the end of the day.
func untilMidnight(opens, closes int) int {
	if closes == 0 && opens > 0 {
		return Midnight
	}
	return closes
}

func (v Interval) ambiguous() *office.Problem {
	opens, closes := v.Opens.minute, v.Closes.minute
	if opens < early {
		opens += noon
	}
	if closes <= opens && closes < noon {
		closes += noon
	}
	likely := ClockText(opens)
	if !v.OpensOnly {
		likely += "-" + ClockText(closes)
	}
	return &office.Problem{Kind: AmbiguousTime, Message: "can be in the morning or in the evening", Suggestion: fmt.Sprintf("did you mean %s? Write times as 17:00 or 5 pm", likely)}
}

// Resolve is the hours that intervals mean, in the order in which they stand.
// Times that all stand alone are a list of the API's kind.
func Resolve(intervals []Interval) (office.Hours, *office.Problem) {
	clock24 := has24(intervals)
	hours := make(office.Hours, 0, 2*len(intervals))
	for _, v := range intervals {
		if v.OpensOnly != intervals[0].OpensOnly {
			return nil, unpaired(intervals)
		}
		if v.OpensOnly {
			if v.Opens.bare && v.Opens.half == noHalf && !clock24 {
				return nil, v.ambiguous()
			}
			hours = append(hours, nextInTurn(hours, v.Opens))
			continue
		}
		opens, closes, p := v.resolve(clock24)
		if p != nil {
			return nil, p
		}
		hours = append(hours, ClockText(opens), ClockText(closes))
	}
	return hours, nil
}

// turn is the next time of a list in which opens and closes take turns.
func nextInTurn(before office.Hours, t Time) string {
	minute := t.in(t.half)
	if len(before)%2 == 1 && before[len(before)-1] > "00:00" {
		minute = untilMidnight(1, minute)
	}
	return ClockText(minute)
}

// unpaired names the time beside pairs that has no partner. Taken for half of
// another pair it would change them all.
func unpaired(intervals []Interval) *office.Problem {
	i := slices.IndexFunc(intervals, func(v Interval) bool { return v.OpensOnly })
	return &office.Problem{Kind: office.HoursOddCount, Message: fmt.Sprintf("%s opens but doesn't close", intervals[i].Opens), Suggestion: Example}
}

func has24(intervals []Interval) bool {
	for _, v := range intervals {
		if v.Opens.clock || !v.OpensOnly && v.Closes.clock {
			return true
		}
	}
	return false
}

func NewProblem(suggestion, format string, args ...any) *office.Problem {
	return &office.Problem{Kind: office.BadTime, Message: fmt.Sprintf(format, args...), Suggestion: suggestion}
}

// Example is what a message says of hours that can't be read.
const Example = "write 08:00-12:00, 14:00-18:00, or closed"

// Plain is text in which all kinds of dashes and quotes are the plain
// ones, folded.
func Plain(folded string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case '\u2010' <= r && r <= '\u2015', r == '\u2212', r == '~', r == '\u301c', r == '\ufe58', r == '\u30fc':
			return '-'
		case '\u201c' <= r && r <= '\u201f', r == '«', r == '»':
			return '"'
		}
		return r
	}, folded)
}
