package locale

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/unicode/norm"
)

// PhoneVerdict is what is known of a telephone number.
type PhoneVerdict uint8

const (
	// PhoneNotNumber: no number can be read, or there is more than a number.
	PhoneNotNumber PhoneVerdict = iota
	// PhoneOK: a number. One that came as clean E.164 was checked for its
	// calling code and length alone.
	PhoneOK
	// PhoneDoubtful: a possible number that is in no range known to be in use.
	// Ranges are added every month, so this is a reason to warn, not to refuse.
	PhoneDoubtful
	// PhoneTooShort: digits are missing, or it can be called locally only.
	PhoneTooShort
	// PhoneTooLong: too many digits, perhaps two numbers.
	PhoneTooLong
	// PhoneNoCountry: no international prefix, and no country to assume.
	PhoneNoCountry
	// PhonePrecisionLost: a spreadsheet's number ("1.41556E+10",
	// "4155552671.0"), whose digits can't be trusted.
	PhonePrecisionLost
)

// PhoneNumber is a telephone number as it was understood.
type PhoneNumber struct {
	Verdict   PhoneVerdict
	E164      string // "+14155550100"; empty unless PhoneOK or PhoneDoubtful
	Extension string // digits after "ext." and its like; E164 is without them
	// Assumed says that the text named no country, and the region gave it:
	// "2079460000" in GB. "14155550100" in the US names its own.
	Assumed bool
}

// Phone reads a telephone number as people write it. The region (alpha-2,
// upper case, or empty) is the country of a number without an international
// prefix, and says what that prefix is (00, 011). Spacing, punctuation,
// full-width digits, a text guard (') and the letters of "1-800-FLOWERS" are
// understood.
//
// A number in E.164 is read in well under a microsecond, any other in about 50.
func Phone(text, region string) PhoneNumber {
	if lengths().allow(text) {
		return PhoneNumber{Verdict: PhoneOK, E164: text}
	}
	text = dialled(text)
	switch {
	case computed(text):
		return PhoneNumber{Verdict: PhonePrecisionLost}
	case wordy(text):
		return PhoneNumber{Verdict: PhoneNotNumber}
	}
	number, err := phonenumbers.ParseAndKeepRawInput(text, region)
	if err != nil {
		return PhoneNumber{Verdict: unparsed(err, text)}
	}
	return judged(number)
}

func judged(number *phonenumbers.PhoneNumber) PhoneNumber {
	p := PhoneNumber{
		Verdict:   possible(number),
		Extension: number.GetExtension(),
		Assumed:   number.GetCountryCodeSource() == phonenumbers.PhoneNumber_FROM_DEFAULT_COUNTRY,
	}
	if p.Verdict == PhoneOK || p.Verdict == PhoneDoubtful {
		p.E164 = phonenumbers.Format(number, phonenumbers.E164)
	}
	return p
}

func possible(number *phonenumbers.PhoneNumber) PhoneVerdict {
	switch phonenumbers.IsPossibleNumberWithReason(number) {
	case phonenumbers.TOO_SHORT, phonenumbers.IS_POSSIBLE_LOCAL_ONLY:
		return PhoneTooShort
	case phonenumbers.TOO_LONG:
		return PhoneTooLong
	case phonenumbers.IS_POSSIBLE:
		if phonenumbers.IsValidNumber(number) {
			return PhoneOK
		}
		return PhoneDoubtful
	}
	return PhoneNotNumber
}

// dialled is what a person would dial of a cell: without invisible characters
// and without the apostrophe that keeps a spreadsheet from reading a number.
// NFKC makes ordinary ones of full-width digits and no-break hyphens.
func dialled(text string) string {
	text = strings.TrimSpace(norm.NFKC.String(visible(text)))
	return strings.TrimSpace(strings.TrimPrefix(text, "'"))
}
