package locale

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/unicode/norm"
)

// PhoneVerdict is the result of reading a telephone number.
type PhoneVerdict uint8

// The verdicts on telephone numbers.
const (
	// PhoneNotNumber means that the text isn't a number, or has more than a number.
	PhoneNotNumber PhoneVerdict = iota
	// PhoneOK is a number. If it was already in E.164, only its calling code and length were checked.
	PhoneOK
	// PhoneDoubtful is a possible number in a range that isn't known to be in use. As ranges are added every month,
	// this deserves a warning, not a refusal.
	PhoneDoubtful
	// PhoneTooShort is a number that lacks digits or can only be called locally.
	PhoneTooShort
	// PhoneTooLong is a number with too many digits, or perhaps two numbers.
	PhoneTooLong
	// PhoneNoCountry is a number without an international prefix or a region to assume.
	PhoneNoCountry
	// PhonePrecisionLost is a number from a spreadsheet ("1.41556E+10", "4155552671.0") whose digits can't be
	// trusted.
	PhonePrecisionLost
)

// PhoneNumber is the result of Phone.
type PhoneNumber struct {
	Verdict   PhoneVerdict
	E164      string // "+14155550100"; empty unless PhoneOK or PhoneDoubtful
	Extension string // digits after "ext." and the like, which are not in E164
	// Assumed is true if the number had no country and the region was used: "2079460000" in GB. "14155550100" in the
	// US has its own.
	Assumed bool
}

// Phone reads a telephone number as people write it. The region (alpha-2 in upper case, or empty) is the country of a
// number without an international prefix, and decides what that prefix is (00, 011). Spaces, punctuation, full-width
// digits, a leading apostrophe and letters as in "1-800-FLOWERS" are understood.
//
// It takes well under a microsecond for a number in E.164 and about 50 for any other.
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

// dialled returns what a person would dial: without invisible characters, and without the apostrophe that marks text
// in a spreadsheet. NFKC turns full-width digits and no-break hyphens into ordinary ones.
func dialled(text string) string {
	text = strings.TrimSpace(norm.NFKC.String(visible(text)))
	return strings.TrimSpace(strings.TrimPrefix(text, "'"))
}
