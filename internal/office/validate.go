package office

import (
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"unicode/utf8"

	"officeimporter/internal/locale"
)

// Kinds of problems with a single value.
const (
	Missing          ProblemKind = "required"
	BadValue         ProblemKind = "bad_value"
	BadCountry       ProblemKind = "bad_country"
	BadEmail         ProblemKind = "bad_email"
	BadTimezone      ProblemKind = "bad_timezone"
	BadDTMF          ProblemKind = "bad_dtmf"
	OutOfRange       ProblemKind = "out_of_range"
	TooLong          ProblemKind = "too_long"
	LineBreak        ProblemKind = "line_break"
	ControlCharacter ProblemKind = "control_character"
)

// Limits from the published document.
const (
	minRingSeconds       = 10
	maxRingSeconds       = 45
	maxDescriptionLength = 256 // characters
)

// Validate returns everything that is wrong with an office and everything doubtful, in one pass. Problems name the
// field; the caller adds row and column. The rules are those of the published document and its prose.
func Validate(o *Office) (problems, warnings []Problem) { return ValidateBut(o, nil) }

// ValidateBut is Validate without checking values that the caller knows to be right: right[i] is true if
// Fields[i].Check finds nothing. A nil right checks all of them.
func ValidateBut(o *Office, right []bool) (problems, warnings []Problem) {
	v := validator{office: o}
	for i := range Fields {
		v.field(&Fields[i], right != nil && right[i])
	}
	v.contact()
	v.e911()
	v.routing()
	v.hours()
	v.currency()
	return v.problems, v.warnings
}

type validator struct {
	office             *Office
	problems, warnings []Problem
}

func (v *validator) problem(field string, kind ProblemKind, message, suggestion string) {
	v.problems = append(v.problems, Problem{Field: field, Kind: kind, Message: message, Suggestion: suggestion})
}

func (v *validator) warn(field string, kind ProblemKind, message, suggestion string) {
	v.warnings = append(v.warnings, Problem{Field: field, Kind: kind, Message: message, Suggestion: suggestion})
}

func (v *validator) field(f *Field, right bool) {
	if !f.Has(v.office) {
		if f.Required {
			v.problem(f.Name, Missing, "is empty", "every office needs it")
		}
		return
	}
	if right {
		return
	}
	if p := f.checkIn(v.office); p != nil {
		v.problems = append(v.problems, *p)
	}
}

// checkIn is Check for the value in an office. It avoids the allocation of an interface value for text and hours,
// which most fields are.
func (f *Field) checkIn(o *Office) *Problem {
	switch place := f.at(o).(type) {
	case *string:
		return f.named(f.checkText(*place))
	case *Hours:
		return f.named(place.check())
	}
	return f.Check(f.Get(o))
}

// Check returns the first problem with one value of the field, whatever the other fields say, or nil. The value has
// the type that Set takes.
func (f *Field) Check(value any) *Problem {
	switch value := value.(type) {
	case string:
		return f.named(f.checkText(value))
	case int64:
		return f.named(f.checkNumber(value))
	case Hours:
		return f.named(value.check())
	case []DTMF:
		return f.named(checkMenu(value))
	}
	return nil
}

// named sets the field's name in a problem, which may be nil.
func (f *Field) named(p *Problem) *Problem {
	if p != nil {
		p.Field = f.Name
	}
	return p
}

func (f *Field) checkText(text string) *Problem {
	if p := checkCharacters(text, f.Kind == LongText); p != nil {
		return p
	}
	switch f.Kind {
	case Enum:
		return f.checkEnum(text)
	case Country:
		return f.checkCountry(text)
	case Email:
		return checkEmail(text)
	case Zone:
		return checkZone(text)
	case LongText:
		return checkLength(text)
	}
	return nil
}

func (f *Field) checkEnum(text string) *Problem {
	if slices.Contains(f.Values, text) {
		return nil
	}
	return &Problem{Kind: BadValue, Value: text, Message: fmt.Sprintf("%q is not a valid value", text), Suggestion: "valid values: " + strings.Join(f.Values, ", ")}
}

// checkCountry accepts the codes in the field's values, or any ISO 3166-1 code if there are none: an address may be
// anywhere.
func (f *Field) checkCountry(text string) *Problem {
	code, known := locale.Country(text)
	switch {
	case !known || code != text:
		return &Problem{Kind: BadCountry, Value: text, Message: fmt.Sprintf("%q is not a country", text), Suggestion: "a code such as US, or a name"}
	case f.Values != nil && !slices.Contains(f.Values, text):
		return &Problem{Kind: BadCountry, Value: text, Message: fmt.Sprintf("Dialpad has no offices in %s (%s)", locale.CountryName(text), text),
			Suggestion: "`importer fields country` lists the countries it has them in"}
	}
	return nil
}

// checkCharacters refuses what the document's "[single-line only]" excludes, and control characters, which nobody
// types on purpose.
func checkCharacters(text string, lines bool) *Problem {
	for _, r := range text {
		switch {
		case r == '\r' || r == '\n' || r == '\u2028' || r == '\u2029':
			if !lines {
				return &Problem{Kind: LineBreak, Message: "holds a line break", Suggestion: "it must be one line"}
			}
		case r == '\t' && lines:
		case r < 0x20 || r == 0x7f || r == utf8.RuneError:
			return &Problem{Kind: ControlCharacter, Message: fmt.Sprintf("holds the character U+%04X", r), Suggestion: "type the text again without it"}
		}
	}
	return nil
}

func checkLength(text string) *Problem {
	if n := utf8.RuneCountInString(text); n > maxDescriptionLength {
		return &Problem{Kind: TooLong, Message: fmt.Sprintf("has %d characters", n), Suggestion: fmt.Sprintf("at most %d", maxDescriptionLength)}
	}
	return nil
}

func checkEmail(text string) *Problem {
	address, err := mail.ParseAddress(text)
	if err == nil && address.Address == text && strings.Contains(text[strings.LastIndexByte(text, '@'):], ".") {
		return nil
	}
	return &Problem{Kind: BadEmail, Message: fmt.Sprintf("%q is not an e-mail address", text), Suggestion: "one address, such as billing@example.com"}
}

func checkZone(text string) *Problem {
	if name, ok := locale.Zone(text, ""); ok && name == text {
		return nil
	}
	return &Problem{Kind: BadTimezone, Message: fmt.Sprintf("%q is not a time zone", text), Suggestion: "a name of the tz database, such as America/New_York"}
}

func (f *Field) checkNumber(n int64) *Problem {
	switch {
	case f.Name == "ring_seconds" && (n < minRingSeconds || n > maxRingSeconds):
		return &Problem{Kind: OutOfRange, Message: fmt.Sprintf("%d is out of range", n), Suggestion: fmt.Sprintf("%d to %d seconds", minRingSeconds, maxRingSeconds)}
	case f.Kind == ID && n <= 0:
		return &Problem{Kind: OutOfRange, Message: fmt.Sprintf("%d is not an id", n), Suggestion: "ids are whole numbers above 0"}
	}
	return nil
}

func checkMenu(keys []DTMF) *Problem {
	seen := map[string]bool{}
	for _, key := range keys {
		if p := checkKey(key); p != nil {
			return p
		}
		if seen[key.Input] {
			return &Problem{Kind: BadDTMF, Message: fmt.Sprintf("key %s has two actions", key.Input), Suggestion: "give each key once"}
		}
		seen[key.Input] = true
	}
	return nil
}

func checkKey(key DTMF) *Problem {
	bad := func(format string, args ...any) *Problem {
		return &Problem{Kind: BadDTMF, Message: fmt.Sprintf("key %s: ", key.Input) + fmt.Sprintf(format, args...),
			Suggestion: "write keys as 1=voicemail; 2=department department:5068549373853696"}
	}
	o := key.Options
	switch {
	case len(key.Input) != 1 || key.Input[0] < '0' || key.Input[0] > '9':
		return bad("keys are 0 to 9")
	case !slices.Contains(actions, o.Action):
		return bad("%q is not an action (%s)", o.Action, strings.Join(actions, ", "))
	case o.ActionTargetType != "" && !slices.Contains(targetTypes, o.ActionTargetType):
		return bad("%q is not a target type (%s)", o.ActionTargetType, strings.Join(targetTypes, ", "))
	case (o.ActionTargetType == "") != (o.ActionTargetID == nil):
		return bad("a target needs a type and an id")
	}
	return nil
}
