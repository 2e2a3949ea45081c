package cell

import (
	"officeimporter/internal/locale"
	"officeimporter/internal/near"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

func readLine(e *Entry) (any, string) {
	text, rule, ok := e.Line()
	if !ok || text == "" {
		return nil, ""
	}
	return text, rule
}

// readLines reads text that may have line breaks.
func readLines(e *Entry) (any, string) {
	if e.Cell.Kind != sheet.Text {
		return readLine(e)
	}
	return valueOrNone(tidyLines(e.Cell.Raw), spellingRule(e.Cell.Raw, tidyLines(e.Cell.Raw)))
}

func valueOrNone(text, rule string) (any, string) {
	if text == "" {
		return nil, ""
	}
	return text, rule
}

// Line is the cell as one line of text, whatever its kind, and the rule by which it was read. ok is false if the cell
// can't be read as text; the problem is noted then.
func (e *Entry) Line() (text, rule string, ok bool) {
	switch e.Cell.Kind {
	case sheet.Number:
		return e.numberAsText()
	case sheet.DateTime:
		e.Fail(DateInText, "format the column as text, and type the value again", "was turned into the date %s by the spreadsheet program", e.Cell.Shown())
		return "", "", false
	case sheet.Bool:
		return e.Cell.Raw, "", true
	}
	text, broken := TidyLine(e.Cell.Raw)
	if broken && !e.repaired(NewlineInLine, "type it as one line", "has line breaks, and was read as %q", text) {
		return "", "", false
	}
	return text, spellingRule(e.Cell.Raw, text), true
}

// numberAsText is the digits of a number as a spreadsheet shows them.
func (e *Entry) numberAsText() (text, rule string, ok bool) {
	if !isExact(e.Cell.Raw) {
		e.precisionLost()
		return "", "", false
	}
	text = e.Cell.Shown()
	if text != e.Cell.Raw {
		rule = ruleNumber
	}
	return text, rule, true
}

func (e *Entry) precisionLost() (any, string) {
	return e.Fail(PrecisionLost, "format the column as text, and type the value again", "digits of %s were lost: the spreadsheet program keeps 15", e.Cell.Raw)
}

// spellingRule is the rule for a text that isn't sent letter by letter.
func spellingRule(raw, text string) string {
	if raw == text {
		return ""
	}
	return ruleSpelling
}

// RuleIf is rule if the last step changed the value, and else the rule of the step before it.
func RuleIf(changed bool, rule, before string) string {
	if changed {
		return rule
	}
	return before
}

// enumReader reads one of the field's values, whatever its case, spacing and punctuation: "Round Robin" is
// roundrobin.
func enumReader(f *office.Field) Reader {
	values := make(map[string]string, 2*len(f.Values))
	for _, v := range f.Values {
		values[locale.Letters(v)], values[v] = v, v
	}
	return func(e *Entry) (any, string) {
		text, rule, ok := e.Line()
		if !ok || text == "" {
			return nil, ""
		}
		value, ok := values[text]
		if !ok {
			value, ok = values[locale.Letters(text)]
		}
		if !ok {
			return e.failEnum(text)
		}
		return value, RuleIf(value != text, ruleSpelling, rule)
	}
}

func (e *Entry) failEnum(text string) (any, string) {
	p := e.field.Check(text)
	if like := near.First(text, e.field.Values, locale.Letters); like != "" {
		p.Suggestion = near.DidYouMean(like, "") + " " + p.Suggestion
	}
	return e.Refuse(p)
}
