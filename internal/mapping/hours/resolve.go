package hours

import (
	"fmt"
	"slices"

	"officeimporter/internal/office"
)

// early is a time before anybody opens: "1:00-5:00" means the afternoon, while "8:00-11:00" means what it says.
const early = 6 * 60

// Interval is an opening time and, unless OpensOnly, a closing time.
type Interval struct {
	Opens, Closes Time
	OpensOnly     bool // there is no closing time
}

// resolve is the interval in minutes of the day. It doesn't guess: if two readings make sense, it is a problem.
// clock24 says that some time next to it is of a 24-hour clock.
func (v Interval) resolve(clock24 bool) (opens, closes int, p *office.Problem) {
	a, b := v.Opens, v.Closes
	switch halves := a.half != noHalf || b.half != noHalf; {
	case halves && (a.half == noHalf && !a.clock || b.half == noHalf && !b.clock):
		return v.guessHalf()
	case !halves && !clock24 && v.unclear():
		return 0, 0, v.ambiguous()
	}
	opens = a.in(a.half)
	return opens, untilMidnight(opens, b.in(b.half)), nil
}

// unclear says that the digits alone don't tell morning from evening.
func (v Interval) unclear() bool {
	a, b := v.Opens, v.Closes
	return a.bare || b.bare || b.minute <= a.minute || a.minute < early
}

// guessHalf is for "8-6pm", where only one half of the day makes sense for the time without one; for "1-5pm" both do.
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

// untilMidnight turns a closing time of 00:00 or 12 am into the end of the day.
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

// Resolve turns intervals into hours, in the order in which they are written. If all are OpensOnly, they are a flat
// list as in the API.
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

// nextInTurn is the next time of a list in which opening and closing times take turns.
func nextInTurn(before office.Hours, t Time) string {
	minute := t.in(t.half)
	if len(before)%2 == 1 && before[len(before)-1] > "00:00" {
		minute = untilMidnight(1, minute)
	}
	return ClockText(minute)
}

// unpaired reports a time without a partner next to pairs. Pairing it with a neighbour would change all of them.
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
