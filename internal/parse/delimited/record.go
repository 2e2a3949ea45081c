package delimited

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"officeimporter/internal/office"
)

// Record is one record of a CSV text, valid until the next one is read.
type Record struct {
	Line   int      // the line on which it starts, from 1
	lines  int      // how many lines it takes
	text   string   // all fields, one after the other
	Fields []string // without their quotes; line ends within them are LF
	bare   []int    // fields with a quote that aren't quoted
	// problem says why the fields can't be trusted. They are then just the parts of the line between delimiters,
	// quotes included.
	problem *office.Problem
}

// recordReader reads CSV as people's programs write it. Unlike encoding/csv it accepts lone CRs, and after a fault it
// goes on with the next line: every line that isn't empty belongs to exactly one record.
type recordReader struct {
	win   *window
	comma byte
	width int  // columns of the heading; 0 while unknown
	sep   byte // the delimiter of a "sep=;" line; 0 if there is none
	line  int  // of the first unread byte
	rec   Record
	buf   []byte // the fields of a record with quotes, unquoted
	ends  []int  // where in buf they end
}

// newRecordReader reads r, which must be UTF-8. It skips a byte order mark and a first line such as "sep=;".
func newRecordReader(r io.Reader, comma byte) *recordReader {
	c := &recordReader{win: newWindow(r), comma: comma, line: 1}
	c.win.skipBOM()
	end, next, _ := c.win.line(0)
	if c.sep = sepLine(string(c.win.unread()[:min(end, len(`"sep=;"`))]), end); c.sep != 0 {
		c.skip(next, 1)
	}
	return c
}

// sepLine is the delimiter in a first line such as "sep=;", which Excel writes and reads; 0 if it isn't one.
func sepLine(line string, size int) byte {
	if len(line) != size {
		return 0
	}
	inner := strings.Trim(line, `"`)
	if len(inner) == len("sep=;") && strings.EqualFold(inner[:4], "sep=") {
		return inner[4]
	}
	return 0
}

func (c *recordReader) skip(bytes, lines int) {
	c.win.skip(bytes)
	c.line += lines
}

// next reads the next record, skipping empty lines. The error is io.EOF after the last; any other comes from reading.
func (c *recordReader) next() (*Record, error) {
	for {
		end, next, fits := c.win.line(0)
		switch {
		case c.win.failed() != nil:
			return nil, c.win.failed()
		case next == 0:
			return nil, io.EOF
		case !fits:
			return c.tooLong(), nil
		case end > 0:
			return c.record(end, next), nil
		}
		c.skip(next, 1)
	}
}

// begin resets the record for what starts at the first unread byte.
func (c *recordReader) begin() {
	c.rec = Record{Line: c.line, lines: 1, Fields: c.rec.Fields[:0], bare: c.rec.bare[:0]}
}

func (c *recordReader) tooLong() *Record {
	c.begin()
	c.setProblem("row_too_long", "", fmt.Sprintf("the line has more than %d bytes; is a line end missing?", maxRecord))
	c.win.skipLine()
	c.line++
	return &c.rec
}

// record reads the record that starts with the line up to end.
func (c *recordReader) record(end, next int) *Record {
	c.begin()
	line := c.win.unread()[:end]
	if bytes.IndexByte(line, '"') < 0 {
		c.split(line)
		c.skip(next, 1)
		return &c.rec
	}
	c.readQuoted(end, next)
	return &c.rec
}

// split cuts the line at the delimiters, ignoring quotes.
func (c *recordReader) split(line []byte) {
	c.rec.text = string(line)
	rest := c.rec.text
	for {
		i := strings.IndexByte(rest, c.comma)
		if i < 0 {
			break
		}
		c.rec.Fields = append(c.rec.Fields, rest[:i])
		rest = rest[i+1:]
	}
	c.rec.Fields = append(c.rec.Fields, rest)
}

// setProblem says what is wrong with the record; value is the text at fault.
func (c *recordReader) setProblem(kind office.ProblemKind, value, message string) {
	c.rec.problem = &office.Problem{Row: c.rec.Line, Kind: kind, Value: shorten(value), Message: message}
}

// shorten cuts a text to a length that fits into a message.
func shorten(s string) string {
	const most = 40
	s = strings.ToValidUTF8(s, "\ufffd")
	for i := range s {
		if i >= most {
			return s[:i] + "..."
		}
	}
	return s
}
