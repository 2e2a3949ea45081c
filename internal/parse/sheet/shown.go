package sheet

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Shown is what a spreadsheet program shows for the cell, as far as that is certain, and else Raw. A whole number
// gets the zeros that its format asks for (2134 with "00000" is "02134") or just its digits; dates and times read
// "2026-05-09", "08:30" or "2026-05-09 08:30", with seconds if there are any. Nothing is rounded.
func (c Cell) Shown() string {
	shown, ok := "", false
	switch c.Kind {
	case Number:
		shown, ok = c.shownNumber()
	case DateTime:
		shown, ok = c.shownTime()
	}
	if !ok {
		return c.Raw
	}
	return shown
}

func (c Cell) shownNumber() (string, bool) {
	digits, ok := wholeDigits(c.Raw)
	if !ok {
		return "", false
	}
	if padded, ok := fillZeros(c.Format, digits); ok {
		return padded, true
	}
	return digits, true
}

// wholeDigits are the digits of a whole number without a sign: "2134", "2134.0", "2.134E3". ok is false for any other
// number, and for scientific notation with more than 15 digits, which lost some.
func wholeDigits(raw string) (digits string, ok bool) {
	mantissa, exponent, scientific := strings.Cut(strings.ToUpper(raw), "E")
	before, after, _ := strings.Cut(mantissa, ".")
	shift := 0
	if scientific {
		n, err := strconv.Atoi(exponent)
		if err != nil || n < 0 || n > 15 {
			return "", false
		}
		shift = n
	}
	after = strings.TrimRight(after, "0")
	if len(after) > shift {
		return "", false
	}
	digits = before + after + strings.Repeat("0", shift-len(after))
	if !IsDigits(digits) || scientific && len(digits) > 15 {
		return "", false
	}
	return trimZeros(digits), true
}

func trimZeros(digits string) string {
	if trimmed := strings.TrimLeft(digits, "0"); trimmed != "" {
		return trimmed
	}
	return "0"
}

const secondsOfDay = 24 * 60 * 60

// shownTime shows a date or time. ok is false if it isn't a whole second, as far as the serial can tell, or not a day
// of the calendar.
func (c Cell) shownTime() (shown string, ok bool) {
	exact := c.Serial * secondsOfDay
	seconds := math.Round(exact)
	if math.Abs(exact-seconds) > 1e-3 || c.Serial < 0 || c.Serial >= maxSerial {
		return "", false
	}
	day, second := int(seconds)/secondsOfDay, int(seconds)%secondsOfDay
	switch clock := shownClock(second); {
	case day == 0:
		return clock, true
	case day == 1 && second == 0 && strings.Contains(c.Format, "[h"):
		return "24:00", true
	case day == 1 && second == 0 && !NewCellFormat(c.Format).HasDate, day == leapDay1900:
		return "", false
	case second == 0:
		return calendarDay(day).Format(time.DateOnly), true
	default:
		return calendarDay(day).Format(time.DateOnly) + " " + clock, true
	}
}

func shownClock(second int) string {
	layout := "15:04"
	if second%60 != 0 {
		layout = time.TimeOnly
	}
	return time.Time{}.Add(time.Duration(second) * time.Second).Format(layout)
}
