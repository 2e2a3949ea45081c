package locale

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/nyaruka/phonenumbers"
)

// possibleLengths are the numbers of digits that may follow a calling code, a
// bit each.
type possibleLengths map[string]uint32

var lengths = sync.OnceValue(func() possibleLengths {
	all := possibleLengths{}
	metadata, err := phonenumbers.MetadataCollection()
	if err != nil {
		return all // every number is then read in full
	}
	for _, country := range metadata.GetMetadata() {
		code := strconv.Itoa(int(country.GetCountryCode()))
		for _, length := range country.GetGeneralDesc().GetPossibleLength() {
			all[code] |= 1 << uint(length)
		}
	}
	return all
})

// allow tells whether a text is E.164 as it stands: a plus, a calling code, as
// many digits as numbers there can have, 8 to 15 in all. A zero after the
// calling code is left to the full reading: in Italy it belongs to the number,
// in most countries it is a national prefix that must go.
func (l possibleLengths) allow(text string) bool {
	if len(text) < 9 || 16 < len(text) || text[0] != '+' || strings.Trim(text[1:], "0123456789") != "" {
		return false
	}
	for n := 2; n <= 4; n++ { // no calling code is the beginning of another
		if possible, ok := l[text[1:n]]; ok {
			return text[n] != '0' && possible&(1<<uint(len(text)-n)) != 0
		}
	}
	return false
}

// aComputed is a number as spreadsheets and programs print it: in scientific
// notation, or with decimals. The library would read "4.155552671E9" as a number
// with a 9 at its end. "415.555.0100" is no such number: its dots part the digits.
var aComputed = regexp.MustCompile(`^[+-]?(?:\d+(?:[.,]\d*)?[eE][+-]?\d+|\d{7,}[.,]\d+)$`)

func computed(text string) bool { return aComputed.MatchString(text) }

// labelled is what may stand before a number: labels that say nothing more. Any
// other word may say that it isn't one ("room 12 4155550100").
var labelled = regexp.MustCompile(`(?i)^(?:tel|telephone|phone|ph|t|m|main)?[.:]?\s*[^\pL]*\d`)

// wordy tells whether words stand before the first digit. Letters after it
// may be an extension's or a vanity number's.
func wordy(text string) bool { return !labelled.MatchString(text) }

// unparsed is the verdict for a text that the library could not read.
func unparsed(err error, text string) PhoneVerdict {
	switch {
	case errors.Is(err, phonenumbers.ErrInvalidCountryCode) && text[0] != '+':
		return PhoneNoCountry
	case errors.Is(err, phonenumbers.ErrNumTooLong):
		return PhoneTooLong
	case errors.Is(err, phonenumbers.ErrTooShortNSN), errors.Is(err, phonenumbers.ErrTooShortAfterIDD):
		return PhoneTooShort
	}
	return PhoneNotNumber
}
