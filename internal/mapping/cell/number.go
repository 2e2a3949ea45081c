package cell

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// exactDigits is how many digits of a number every spreadsheet program keeps.
const exactDigits = 15

// maxExact is up to where float64 has every whole number.
const maxExact = 1 << 53

// isExact tells whether the digits of a number cell are the ones that somebody typed, as far as anyone can tell. Up
// to 15 digits are. Longer whole numbers are if they are written out, don't end in a 0 (which a program writes for a
// lost digit), and don't look like a float64 above 2^53.
func isExact(raw string) bool {
	whole, rest, _ := strings.Cut(strings.TrimPrefix(raw, "-"), ".")
	scientific := strings.ContainsAny(raw, "eE")
	switch {
	case scientific:
		return !strings.ContainsAny(sheet.Cell{Kind: sheet.Number, Raw: raw}.Shown(), "eE")
	case strings.Trim(rest, "0") != "":
		return len(strings.TrimLeft(whole+rest, "0")) <= exactDigits
	case len(whole) <= exactDigits:
		return true
	}
	return !strings.HasSuffix(whole, "0") && !looksLikeFloat(whole)
}

// looksLikeFloat tells whether a program that stores float64 may have written these digits in place of others.
func looksLikeFloat(digits string) bool {
	f, err := strconv.ParseFloat(digits, 64)
	if err != nil || f <= maxExact {
		return err != nil
	}
	return strconv.FormatFloat(f, 'f', -1, 64) == digits || strconv.FormatFloat(f, 'f', 0, 64) == digits
}

// readInteger reads a whole number without losing digits.
func readInteger(e *Entry) (any, string) {
	switch e.Cell.Kind {
	case sheet.Number:
		return e.integerOfNumber()
	case sheet.Text:
		text, _ := TidyLine(e.Cell.Raw)
		return e.integerOfText(text)
	}
	return e.notInteger()
}

func (e *Entry) notInteger() (any, string) {
	return e.Fail(NotInteger, "digits alone, such as "+e.field.Example, "%q is not a whole number", e.Cell.Shown())
}

// tolerance is how far off a whole number a computed one may be.
const tolerance = 1e-9

func (e *Entry) integerOfNumber() (any, string) {
	raw := e.Cell.Raw
	f, err := strconv.ParseFloat(raw, 64)
	switch {
	case err != nil || math.Abs(f-math.Round(f)) > tolerance:
		return e.notInteger()
	case math.Abs(f) < 1e15:
		return e.integer(strconv.FormatFloat(math.Round(f), 'f', 0, 64))
	case !isExact(raw):
		return e.precisionLost()
	}
	whole, _, _ := strings.Cut(raw, ".")
	return e.integer(whole)
}

// integerOfText accepts only decimal digits. "30.0" and "30,0" are what programs make of 30; "1.000" may be a
// thousand.
func (e *Entry) integerOfText(text string) (any, string) {
	digits := text
	if i := strings.IndexAny(text, ".,"); i >= 0 {
		zeros := text[i+1:]
		if strings.Trim(zeros, "0") != "" || zeros == "" || len(zeros) == 3 {
			return e.notWhole(text)
		}
		if digits = text[:i]; !isExact(digits) {
			return e.precisionLost()
		}
	}
	if !sheet.IsDigits(strings.TrimPrefix(digits, "-")) {
		return e.notWhole(text)
	}
	if lostLastDigits(digits) {
		return e.precisionLost()
	}
	return e.integer(digits)
}

// notWhole reports a text that isn't a whole number. In scientific notation, an id has lost digits for good.
func (e *Entry) notWhole(text string) (any, string) {
	if e.field.Kind == office.ID && isScientific(text) {
		return e.precisionLost()
	}
	return e.notInteger()
}

// isScientific recognises numbers such as 5.06E+15.
func isScientific(text string) bool {
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(text), "E")
	return ok && sheet.IsDigits(strings.Map(dropPoint, mantissa)) && sheet.IsDigits(strings.TrimPrefix(exponent, "+"))
}

func dropPoint(r rune) rune {
	if r == '.' || r == ',' {
		return -1
	}
	return r
}

// lostLastDigits recognises digits that a spreadsheet program cut to 15 when it wrote a text file. Three zeros at the
// end can be chance, four hardly.
func lostLastDigits(digits string) bool {
	return len(digits) > exactDigits && strings.HasSuffix(digits, "0000")
}

func (e *Entry) integer(digits string) (any, string) {
	n, err := strconv.ParseInt(digits, 10, 64)
	if errors.Is(err, strconv.ErrRange) {
		return e.Fail(IntegerRange, "copy it again from where it comes from", "%s has too many digits for an id", digits)
	}
	if err != nil {
		return e.notInteger()
	}
	return n, RuleIf(strconv.FormatInt(n, 10) != e.Cell.Raw, ruleNumber, "")
}
