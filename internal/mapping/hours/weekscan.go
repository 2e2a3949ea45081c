package hours

import (
	"strings"
	"unicode"
)

// nextDays takes "mon-fri: 08:00-18:00" off the start of a text.
func nextDays(text string) (days int, hours, rest string, ok bool) {
	days, text, ok = leadingDays(text)
	if !ok {
		return 0, "", "", false
	}
	end := nextDayWord(text)
	return days, strings.Trim(text[:end], " ,;:/|"), text[end:], true
}

// leadingDays takes days off the start: "mon-fri", "mon, wed & fri", "sat".
func leadingDays(text string) (days int, rest string, ok bool) {
	for {
		word, tail := cutWord(strings.TrimLeft(text, " ,;|"))
		first, known := dayWords[word]
		if !known {
			return days, text, days != 0
		}
		if last, after, isRange := rangeEnd(tail); isRange {
			first, tail = daysFrom(first, last), after
		}
		days |= first
		text = strings.TrimLeft(strings.TrimLeft(tail, "."), " ")
		if next, _ := cutWord(strings.TrimLeft(text, " ,&+/")); dayWords[next] != 0 {
			text = strings.TrimLeft(text, " ,&+/")
		} else if cut, isAnd := andDay(text); isAnd {
			text = cut
		}
	}
}

func andDay(text string) (rest string, ok bool) {
	word, tail := cutWord(text)
	following, _ := cutWord(strings.TrimLeft(tail, " "))
	return strings.TrimLeft(tail, " "), timeWords[word] == next && dayWords[following] != 0
}

// rangeEnd is the day after a dash or "to".
func rangeEnd(text string) (day int, rest string, ok bool) {
	text = strings.TrimLeft(text, ". ")
	after, dashed := strings.CutPrefix(text, "-")
	if !dashed {
		var word string
		if word, after = cutWord(text); timeWords[word] != until {
			return 0, "", false
		}
	}
	word, rest := cutWord(strings.TrimLeft(after, " "))
	day, ok = dayWords[word]
	return day, rest, ok
}

// daysFrom are the days of a range, which may go past Sunday.
func daysFrom(first, last int) int {
	days := first
	for day := first; day != last; {
		if day <<= 1; day >= 1<<daysOfWeek {
			day = 1
		}
		if days |= day; day == first {
			break
		}
	}
	return days
}

// cutWord cuts the letters at the start.
func cutWord(text string) (word, rest string) {
	for i, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			return text[:i], text[i:]
		}
	}
	return text, ""
}

// nextDayWord is the position of the next word that names a day.
func nextDayWord(text string) int {
	for at := 0; at < len(text); {
		word, _ := cutWord(text[at:])
		if dayWords[word] != 0 {
			return at
		}
		at += max(len(word), len(firstRune(text[at:])))
	}
	return len(text)
}

func firstRune(text string) string {
	for i := range text {
		if i > 0 {
			return text[:i]
		}
	}
	return text
}
