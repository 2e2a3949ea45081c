package delimited

import (
	"bytes"
	"fmt"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// span is how far a record with quotes has been read: to off, in the line
// that ends at end and is followed by the line at next.
type span struct {
	off, end, next int
	lines          int
}

// quoted reads and passes a record with quotes whose first line is given.
// Where the quotes make no sense it goes no further than the line with the
// quote that begins the trouble.
func (c *recordReader) readQuoted(end, next int) {
	c.buf, c.ends = c.buf[:0], c.ends[:0]
	s := span{end: end, next: next, lines: 1}
	for {
		if !c.readField(&s) {
			c.split(c.win.unread()[:end])
			break
		}
		c.ends = append(c.ends, len(c.buf))
		if s.off == s.end {
			c.finish()
			break
		}
		s.off++
	}
	c.rec.lines = s.lines
	c.skip(s.next, s.lines)
}

// field reads a field up to the delimiter or the end of the line. If it
// returns false, the problem is noted, and s is where it was.
func (c *recordReader) readField(s *span) bool {
	open := c.skipSpace(s.off, s.end)
	if open == s.end || c.win.unread()[open] != '"' {
		c.readPlainField(s)
		return true
	}
	before := *s
	s.off = open + 1
	if kind := c.readQuotedField(s); kind != "" {
		*s = before
		c.badQuote(kind, open, s)
		return false
	}
	return true
}

// finish cuts the fields from one string: one allocation for a record.
func (c *recordReader) finish() {
	c.rec.text = string(c.buf)
	start := 0
	for _, end := range c.ends {
		c.rec.Fields = append(c.rec.Fields, c.rec.text[start:end])
		start = end
	}
}

// skipSpace passes the blanks that some programs write around quotes.
func (c *recordReader) skipSpace(off, end int) int {
	for u := c.win.unread(); off < end && u[off] != c.comma && (u[off] == ' ' || u[off] == '\t'); {
		off++
	}
	return off
}

// plainField reads a field without quotes around it. A quote within it, as in
// 12" rack, stands for itself.
func (c *recordReader) readPlainField(s *span) {
	field := c.win.unread()[s.off:s.end]
	if i := bytes.IndexByte(field, c.comma); i >= 0 {
		field = field[:i]
	}
	if bytes.IndexByte(field, '"') >= 0 && !sheet.IsFormulaGuard(string(field)) {
		c.rec.bare = append(c.rec.bare, len(c.ends))
	}
	c.buf = append(c.buf, field...)
	s.off += len(field)
}

// quotedField reads a field from behind its opening quote, and returns what is
// wrong with it, if anything. Text behind a closing quote is bad_quote; but in
// a later line than the opening quote, that one is rather the one too many.
func (c *recordReader) readQuotedField(s *span) (wrong office.ProblemKind) {
	start, lines := len(c.buf), s.lines
	for {
		rest := c.win.unread()[s.off:s.end]
		i := bytes.IndexByte(rest, '"')
		switch {
		case i < 0 && !c.nextLine(s, rest):
			return "unterminated_quote"
		case i < 0:
			continue
		}
		c.buf = append(c.buf, rest[:i]...)
		s.off += i + 1
		if i+1 < len(rest) && rest[i+1] == '"' {
			c.buf = append(c.buf, '"')
			s.off++
			continue
		}
		s.off = c.skipSpace(s.off, s.end)
		switch closed := s.off == s.end || c.win.unread()[s.off] == c.comma; {
		case !closed && s.lines > lines:
			return "unterminated_quote"
		case !closed:
			return "bad_quote"
		}
		c.checkSwallowed(c.buf[start:], s.lines-lines, s.lines)
		return ""
	}
}

// nextLine goes on with the field in the next line.
func (c *recordReader) nextLine(s *span, rest []byte) bool {
	c.buf = append(append(c.buf, rest...), '\n')
	end, next, fits := c.win.line(s.next)
	if !fits || next == s.next || next > maxRecord {
		return false
	}
	s.off, s.end, s.next = s.next, end, next
	s.lines++
	return true
}

// badQuote notes what is wrong with the quote at open, in the line of s. Lines
// before it that cells of the record take can't be told apart any more.
func (c *recordReader) badQuote(kind office.ProblemKind, open int, s *span) {
	last := c.rec.Line + s.lines - 1
	message := "there is text after a closing quote; double the quotes that belong to the text"
	if kind == "unterminated_quote" {
		message = fmt.Sprintf("the quote that is opened on line %d isn't closed as it should be; close it, or leave it out", last)
	}
	if s.lines > 1 {
		message += fmt.Sprintf(" (lines %d to %d were taken for one row)", c.rec.Line, last)
	}
	c.setProblem(kind, string(c.win.unread()[open:s.end]), message)
}

// suspect notes a field that looks like rows swallowed by a quote too many: each
// line break in it comes with half the delimiters of a row or more.
func (c *recordReader) checkSwallowed(field []byte, breaks, lines int) {
	if breaks == 0 || c.width < 3 {
		return
	}
	if bytes.Count(field, []byte{c.comma})*2 >= breaks*(c.width-1) {
		c.setProblem("suspect_quote_swallow", string(field), fmt.Sprintf(
			"lines %d to %d look like rows that a stray quote has made one; remove the quote, or the line breaks within the cell",
			c.rec.Line, c.rec.Line+lines-1))
	}
}
