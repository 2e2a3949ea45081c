package delimited

import (
	"bytes"
	"fmt"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// span is how far a quoted record has been read: up to off, in the line that ends at end; the next line starts at
// next.
type span struct {
	off, end, next int
	lines          int
}

// readQuoted reads and skips a record with quotes; end and next are those of its first line. If the quotes make no
// sense, it goes no further than the line with the first bad one.
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

// readField reads a field up to the delimiter or the end of the line. If it returns false, it has set the problem and
// left s where it was.
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

// finish cuts the fields from one string, which costs one allocation per record.
func (c *recordReader) finish() {
	c.rec.text = string(c.buf)
	start := 0
	for _, end := range c.ends {
		c.rec.Fields = append(c.rec.Fields, c.rec.text[start:end])
		start = end
	}
}

// skipSpace skips the blanks that some programs write around quotes.
func (c *recordReader) skipSpace(off, end int) int {
	for u := c.win.unread(); off < end && u[off] != c.comma && (u[off] == ' ' || u[off] == '\t'); {
		off++
	}
	return off
}

// readPlainField reads a field without quotes around it. A quote within it, as in 12" rack, is part of the text.
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

// readQuotedField reads a field after its opening quote, and returns what is wrong with it, if anything. Text after a
// closing quote is bad_quote; but if the quotes are on different lines, the opening quote is more likely the stray
// one.
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

// nextLine continues the field in the next line. It returns false if there is none.
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

// badQuote sets the problem of the quote at open, in the line of s. By then nobody can tell which earlier lines
// really belong to the record.
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

// checkSwallowed sets a problem if a field looks like rows that a stray quote has swallowed: there is at least half a
// row's number of delimiters for each line break in it.
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
