package hours

import (
	"strings"

	"officeimporter/internal/locale"
	"officeimporter/internal/office"
)

const daysOfWeek = 7

// dayWords are the days that a word means; bit 0 is Monday.
var dayWords = daysOf([]string{
	"mon monday mo montag lun lundi lunes ma maandag",
	"tue tues tuesday tu di dienstag mar mardi martes dinsdag",
	"wed weds wednesday we mi mittwoch mer mercredi mié mie miércoles miercoles wo woensdag",
	"thu thur thurs thursday th do donnerstag jeu jeudi jue jueves donderdag",
	"fri friday fr freitag ven vendredi vie viernes vr vrijdag",
	"sat saturday sa samstag sonnabend sam samedi sáb sab sábado sabado za zaterdag",
	"sun sunday su so sonntag dim dimanche dom domingo zo zondag",
})

func daysOf(lists []string) map[string]int {
	words := map[string]int{"daily": 1<<7 - 1, "everyday": 1<<7 - 1, "täglich": 1<<7 - 1, "weekdays": 1<<5 - 1, "werktags": 1<<5 - 1, "weekend": 1<<5 | 1<<6, "weekends": 1<<5 | 1<<6}
	for day, list := range lists {
		for word := range strings.FieldsSeq(list) {
			words[word] = 1 << day
		}
	}
	return words
}

// Week is the hours of seven days, Monday first.
type Week [daysOfWeek]office.Hours

// String is the week as a person reads it: "Mon-Fri 08:00-18:00; Sat-Sun closed".
func (w Week) String() string {
	var parts []string
	for first := 0; first < daysOfWeek; {
		last := first
		for last+1 < daysOfWeek && w[last+1].String() == w[first].String() {
			last++
		}
		parts = append(parts, dayRange(first, last)+" "+w[first].String())
		first = last + 1
	}
	return strings.Join(parts, "; ")
}

func dayRange(first, last int) string {
	if first == last {
		return DayName(first)
	}
	return DayName(first) + "-" + DayName(last)
}

// DayName is the short name of a day; 0 is Monday.
func DayName(day int) string {
	return []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}[day]
}

// ParseWeek reads the hours of a week: "Mon-Fri 08:00-18:00; Sat 09:00-13:00". A day that isn't named is closed: if
// the request left it out, it would get the server's default.
func ParseWeek(text string) (w Week, p *office.Problem) {
	rest := Plain(locale.Fold(text))
	if allDayWords[rest] {
		rest = "daily " + rest
	}
	for rest != "" {
		days, hours, tail, ok := nextDays(rest)
		if !ok {
			return w, NewProblem("write Mon-Fri 08:00-18:00; Sat 09:00-13:00", "%q names no day", rest)
		}
		if p := w.set(days, hours); p != nil {
			return w, p
		}
		rest = tail
	}
	for day := range w {
		if w[day] == nil {
			w[day] = office.Closed()
		}
	}
	return w, nil
}

func (w *Week) set(days int, text string) *office.Problem {
	hours, p := ParseDay(text)
	if p != nil {
		return p
	}
	for day := range w {
		if days&(1<<day) == 0 {
			continue
		}
		if w[day] != nil {
			return NewProblem("name each day once", "%s is there twice", DayName(day))
		}
		w[day] = hours
	}
	return nil
}
