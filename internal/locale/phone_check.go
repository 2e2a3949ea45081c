package locale

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/nyaruka/phonenumbers"
)

// possibleLengths has, for each calling code, the possible numbers of digits after it as a bit set.
type possibleLengths map[string]uint32

var lengths = sync.OnceValue(func() possibleLengths {
	all := possibleLengths{}
	metadata, err := phonenumbers.MetadataCollection()
	if err != nil {
		return all // then every number is parsed in full
	}
	for _, country := range metadata.GetMetadata() {
		code := strconv.Itoa(int(country.GetCountryCode()))
		for _, length := range country.GetGeneralDesc().GetPossibleLength() {
			all[code] |= 1 << uint(length)
		}
	}
	return all
})

// allow reports whether a text is already E.164: a plus, a calling code and as many digits as numbers with this code
// have, 8 to 15 in all. It refuses a zero after the calling code, which needs the full parser: in Italy it is part of
// the number, in most countries a national prefix that must go.
func (l possibleLengths) allow(text string) bool {
	if len(text) < 9 || 16 < len(text) || text[0] != '+' || strings.Trim(text[1:], "0123456789") != "" {
		return false
	}
	for n := 2; n <= 4; n++ { // no calling code is the start of another
		if possible, ok := l[text[1:n]]; ok {
			return text[n] != '0' && possible&(1<<uint(len(text)-n)) != 0
		}
	}
	return false
}

// aComputed matches numbers as spreadsheets and programs print them: in scientific notation or with decimals. The
// library would read "4.155552671E9" as a number that ends in 9. "415.555.0100" doesn't match: its dots separate
// digits.
var aComputed = regexp.MustCompile(`^[+-]?(?:\d+(?:[.,]\d*)?[eE][+-]?\d+|\d{7,}[.,]\d+)$`)

func computed(text string) bool { return aComputed.MatchString(text) }

// labelled matches a number with or without a label that adds nothing. Any other word may mean that it isn't a phone
// number ("room 12 4155550100").
var labelled = regexp.MustCompile(`(?i)^(?:tel|telephone|phone|ph|t|m|main)?[.:]?\s*[^\pL]*\d`)

// wordy reports whether there are words before the first digit. Letters after it may be an extension or a vanity
// number.
func wordy(text string) bool { return !labelled.MatchString(text) }

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
