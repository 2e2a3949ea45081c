package sheet

import (
	"bytes"
	"time"
)

const (
	// leapDay1900 is 29 February 1900. It never existed, but spreadsheets count it, so days before it have a number
	// that is one too low.
	leapDay1900 = 60
	// maxSerial is the day after 31 December 9999.
	maxSerial = 2958466
	// Days1904 is how many days later the 1904 date system of old Macs begins.
	Days1904 = 1462
)

// calendarDay is the date of a serial in the 1900 system.
func calendarDay(serial int) time.Time {
	if serial < leapDay1900 {
		serial++
	}
	return time.Date(1899, time.December, 30+serial, 0, 0, 0, 0, time.UTC)
}

// isoLayouts are the forms that a cell of type "d" may have.
var isoLayouts = []string{
	"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04",
	"2006-01-02", "15:04:05", "15:04", "T15:04:05",
}

// ISOSerial is the serial of an ISO date, time or both. The zone is ignored: the clock counts as it is written. ok is
// false for any other text.
func ISOSerial(s string) (serial float64, ok bool) {
	for _, layout := range isoLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return serialOf(t), true
		}
	}
	return 0, false
}

func serialOf(t time.Time) float64 {
	h, m, s := t.Clock()
	fraction := (float64(h*3600+m*60+s) + float64(t.Nanosecond())/1e9) / secondsOfDay
	if t.Year() == 0 { // a time of day alone
		return fraction
	}
	date := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	epoch := time.Date(1899, time.December, 30, 0, 0, 0, 0, time.UTC)
	days := (date.Unix() - epoch.Unix()) / secondsOfDay // a Duration ends after 292 years
	if days > 0 && days <= leapDay1900 {
		days--
	}
	return float64(days) + fraction
}

// IsDecimal tells whether b is a number as XML writes it; ParseFloat accepts more ("0x1F", "1_0", "Inf").
func IsDecimal(b []byte) bool {
	mantissa, exponent := unsigned(b), []byte("0")
	if i := bytes.IndexAny(mantissa, "eE"); i >= 0 {
		mantissa, exponent = mantissa[:i], unsigned(mantissa[i+1:])
	}
	before, after, _ := bytes.Cut(mantissa, []byte("."))
	hasMantissa := IsDigits(before) && (len(after) == 0 || IsDigits(after)) || len(before) == 0 && IsDigits(after)
	return hasMantissa && IsDigits(exponent)
}

// unsigned is a number without its sign.
func unsigned(b []byte) []byte {
	if len(b) > 0 && (b[0] == '+' || b[0] == '-') {
		return b[1:]
	}
	return b
}

// IsDigits tells whether s is ASCII digits and nothing else; false if s is empty.
func IsDigits[T string | []byte](s T) bool {
	for i := range len(s) {
		if s[i] < '0' || '9' < s[i] {
			return false
		}
	}
	return len(s) > 0
}
