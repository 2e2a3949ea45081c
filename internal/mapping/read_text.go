package mapping

import (
	"officeimporter/internal/locale"
	"officeimporter/internal/near"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// readLine reads one line of text.
func readLine(e *entry) (any, string) {
	text, rule, ok := e.line()
	if !ok || text == "" {
		return nil, ""
	}
	return text, rule
}

// readLines reads text that may hold line breaks.
func readLines(e *entry) (any, string) {
	if e.cell.Kind != sheet.Text {
		return readLine(e)
	}
	return orNothing(tidyLines(e.cell.Raw), spelled(e.cell.Raw, tidyLines(e.cell.Raw)))
}

func orNothing(text, rule string) (any, string) {
	if text == "" {
		return nil, ""
	}
	return text, rule
}

// line is the cell as one line of text, whatever its kind, and the rule by
// which it was read. It is false where the cell holds no text; why is noted.
func (e *entry) line() (text, rule string, ok bool) {
	switch e.cell.Kind {
	case sheet.Number:
		return e.numberAsText()
	case sheet.DateTime:
		e.fail(DateInText, "format the column as text, and type the value again", "was turned into the date %s by the spreadsheet program", e.cell.Shown())
		return "", "", false
	case sheet.Bool:
		return e.cell.Raw, "", true
	}
	text, broken := tidyLine(e.cell.Raw)
	if broken && !e.repaired(NewlineInLine, "type it as one line", "has line breaks, and was read as %q", text) {
		return "", "", false
	}
	return text, spelled(e.cell.Raw, text), true
}

// numberAsText is the digits of a number as they are shown.
func (e *entry) numberAsText() (text, rule string, ok bool) {
	if !isExact(e.cell.Raw) {
		e.precisionLost()
		return "", "", false
	}
	text = e.cell.Shown()
	if text != e.cell.Raw {
		rule = ruleNumber
	}
	return text, rule, true
}

func (e *entry) precisionLost() (any, string) {
	return e.fail(PrecisionLost, "format the column as text, and type the value again", "digits of %s were lost: the spreadsheet program keeps 15", e.cell.Raw)
}

// spelled is the rule where a text isn't sent letter by letter.
func spelled(raw, text string) string {
	if raw == text {
		return ""
	}
	return ruleSpelling
}

// bestRule is that of the last step, or else of the one before it.
func bestRule(changed bool, rule, before string) string {
	if changed {
		return rule
	}
	return before
}

// enumReader reads one of the field's values, whatever its case, spacing and
// punctuation: "Round Robin" is roundrobin.
func enumReader(f *office.Field) reader {
	values := make(map[string]string, 2*len(f.Values))
	for _, v := range f.Values {
		values[locale.Letters(v)], values[v] = v, v
	}
	return func(e *entry) (any, string) {
		text, rule, ok := e.line()
		if !ok || text == "" {
			return nil, ""
		}
		value, ok := values[text]
		if !ok {
			value, ok = values[locale.Letters(text)]
		}
		if !ok {
			return e.noValue(text)
		}
		return value, bestRule(value != text, ruleSpelling, rule)
	}
}

func (e *entry) noValue(text string) (any, string) {
	p := e.field.Check(text)
	if like := near.First(text, e.field.Values, locale.Letters); like != "" {
		p.Suggestion = near.DidYouMean(like, "") + " " + p.Suggestion
	}
	return e.refuse(p)
}
