package hours

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"officeimporter/internal/office"
)

// token is what a word among times means.
type token uint8

const (
	other  token = iota
	until        // between opening and closing
	next         // between two intervals
	filler       // nothing: "Uhr", "from"
	oclock       // the number is an hour: "8 Uhr" is not bare
	sayAM
	sayPM
	sayNoon
	sayMidnight
	month // a date, not a time
)

var timeWords = tokensOf(map[token]string{
	until:       "to bis until till til through thru a à au hasta tot al",
	next:        "and und et y e en sowie",
	filler:      "from von de ab open ouvert abierto geöffnet geoeffnet dalle",
	oclock:      "uhr h hr hrs hour hours heures heure horas hora",
	sayAM:       "am",
	sayPM:       "pm",
	sayNoon:     "noon midday mittag mittags midi mediodía mediodia",
	sayMidnight: "midnight mitternacht minuit medianoche",
	month:       "jan feb mar apr may jun jul aug sep oct nov dec mai okt dez january february march april june july august september october november december",
})

func tokensOf(lists map[token]string) map[string]token {
	words := map[string]token{}
	for t, list := range lists {
		for word := range strings.FieldsSeq(list) {
			words[word] = t
		}
	}
	return words
}

// scanner reads intervals from a folded text.
type scanner struct {
	rest      string
	intervals []Interval
	joined    bool // the last interval still needs its closing time
	dated     bool // there is the name of a month
}

func scan(text string) ([]Interval, *office.Problem) {
	s := scanner{rest: text}
	for s.rest != "" {
		if p := s.step(); p != nil {
			return nil, p
		}
	}
	switch {
	case s.dated:
		return nil, DateProblem(text)
	case s.joined || len(s.intervals) == 0:
		return nil, NewProblem(Example, "%q is not hours", text)
	}
	return s.intervals, nil
}

// DateProblem reports a date, shown as given, where hours should be.
func DateProblem(shown string) *office.Problem {
	return &office.Problem{Kind: DateInHours, Message: fmt.Sprintf("%q is a date: a spreadsheet program makes one of 9-5", shown),
		Suggestion: "format the column as text, and write 09:00-17:00"}
}

func (s *scanner) step() *office.Problem {
	r, n := utf8.DecodeRuneInString(s.rest)
	switch {
	case '0' <= r && r <= '9':
		return s.time()
	case unicode.IsLetter(r):
		return s.word()
	case r == '-':
		return s.dash(n)
	case r == ' ', r == ',', r == ';', r == '/', r == '&', r == '+', r == '|':
		s.rest = s.rest[n:]
		return nil
	}
	return NewProblem(Example, "%q is not hours", s.rest)
}

func (s *scanner) dash(n int) *office.Problem {
	last := len(s.intervals) - 1
	if last < 0 || s.joined || !s.intervals[last].OpensOnly {
		return NewProblem(Example, "%q has nothing before it that opens", s.rest)
	}
	s.rest, s.joined = s.rest[n:], true
	return nil
}

// add takes a time as the end of the last interval, or the start of the next.
func (s *scanner) add(t Time) *office.Problem {
	if s.joined {
		last := &s.intervals[len(s.intervals)-1]
		last.Closes, last.OpensOnly, s.joined = t, false, false
		return nil
	}
	s.intervals = append(s.intervals, Interval{Opens: t, OpensOnly: true})
	return nil
}

// last is the time that was read last; nil if there is none.
func (s *scanner) last() *Time {
	if len(s.intervals) == 0 || s.joined {
		return nil
	}
	v := &s.intervals[len(s.intervals)-1]
	if v.OpensOnly {
		return &v.Opens
	}
	return &v.Closes
}

// word reads a word, ignoring dots in it, as in "a.m.".
func (s *scanner) word() *office.Problem {
	end := strings.IndexFunc(s.rest, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '.' && r != '\'' })
	if end < 0 {
		end = len(s.rest)
	}
	word := strings.Trim(strings.ReplaceAll(s.rest[:end], ".", ""), "'")
	switch timeWords[word] {
	case until:
		return s.dash(end)
	case sayNoon, sayMidnight:
		return s.named(timeWords[word], end)
	case sayAM, sayPM, oclock:
		return s.suffix(timeWords[word], word, end)
	case month:
		s.dated = true
	case other:
		return NewProblem(Example, "%q is not a time", word)
	}
	s.rest = s.rest[end:]
	return nil
}

// named reads "noon" (12 pm) and "midnight" (12 am). A 12 before them is the same time.
func (s *scanner) named(kind token, end int) *office.Problem {
	s.rest = s.rest[end:]
	t := Time{minute: noon, half: pm}
	if kind == sayMidnight {
		t.half = am
	}
	if last := s.last(); last != nil && last.minute == noon && last.half == noHalf {
		*last = t
		return nil
	}
	return s.add(t)
}

// suffix reads what follows a time: "am", "Uhr".
func (s *scanner) suffix(kind token, word string, end int) *office.Problem {
	t := s.last()
	if t == nil {
		return NewProblem(Example, "%q stands without a time", word)
	}
	t.bare = false
	if kind != oclock {
		t.half = am + half(kind-sayAM)
		t.clock = t.clock && t.minute >= noon+60
	}
	if !t.plausible() {
		return NewProblem("write 14:00 or 2 pm", "%s %s is not a time", t, word)
	}
	s.rest = s.rest[end:]
	return nil
}
