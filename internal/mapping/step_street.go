package mapping

import (
	"strings"

	"officeimporter/internal/parse/sheet"
)

// streetStep joins the parts of a street line in order, unchanged.
type streetStep struct {
	parts   []source
	last    *binding // the field's own column and default, used if there are no parts
	columns string   // the headings of the parts, for messages
}

func (s *streetStep) fill(d *draft) {
	words, ok := s.words(d)
	if !ok {
		d.fail(s.last.field)
		return
	}
	if len(words) == 0 {
		s.last.fill(d)
		return
	}
	line := strings.Join(words, " ")
	s.last.field.Set(&d.request.Office, line)
	d.note(s.last.field, line, line, ruleStreet, s.columns)
}

// words are the parts that aren't blank. ok is false if one can't be used; the draft has the problem then.
func (s *streetStep) words(d *draft) (words []string, ok bool) {
	for _, from := range s.parts {
		cell := d.cell(from)
		if cell.Kind == sheet.Blank {
			continue
		}
		e := d.enter(s.last.field, cell, from.label)
		if e.Unusable() {
			return nil, false
		}
		text, _, ok := e.Line()
		if !ok {
			return nil, false
		}
		words = append(words, text)
	}
	return words, true
}
