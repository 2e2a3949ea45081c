// Package xmltoken splits the XML of a worksheet into tokens. It is several times as fast as encoding/xml, which
// would take most of the time of reading a workbook.
package xmltoken

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// Limits of an XML document; MaxToken is in bytes. Excel's longest text has 32,767 characters of at most ten bytes,
// and its parts nest about fifteen deep.
const (
	MaxToken = 1 << 20
	maxDepth = 256
	maxAttrs = 128
)

// ErrTokenTooLong says that a text, tag or comment is longer than MaxToken.
var ErrTokenTooLong = errors.New("a text or tag of more than 1 MiB")

// Error says what is wrong with XML that isn't well formed.
type Error string

func (e Error) Error() string { return string(e) }

// Malformed makes an Error.
func Malformed(format string, args ...any) error {
	return Error(fmt.Sprintf(format, args...))
}

// Token is the kind of token that Next has read.
type Token int

const (
	StartTag Token = iota // Name and attributes; an empty element has an EndTag too
	EndTag                // Name
	charData              // text, possibly in several pieces
)

// attribute has its value decoded.
type attribute struct{ name, value []byte }

// Reader is a strict XML 1.0 tokeniser for what spreadsheets need: UTF-8, elements, attributes, text. It refuses a
// DOCTYPE, and ignores namespace prefixes of names.
//
// What a token gives is valid until the next one. After io.EOF the document is complete and its source was read to
// the end. Not for concurrent use.
type Reader struct {
	Name []byte // local name of the element
	text []byte

	src     source
	attrs   []attribute
	scratch []byte // decoded values
	open    []byte // full names of the open elements, one after the other
	starts  []int  // where each of them starts in open
	empty   bool   // the end of an empty element comes next
	ended   bool   // the root element is complete
}

// NewReader reads XML from r.
func NewReader(r io.Reader) *Reader {
	return &Reader{src: source{r: r, buf: make([]byte, 64<<10)}}
}

// Depth is the number of open elements: 1 after the root's start tag.
func (x *Reader) Depth() int { return len(x.starts) }

// Attr is the value of an attribute without a prefix; nil if there is none.
func (x *Reader) Attr(name string) []byte {
	for i := range x.attrs {
		if string(x.attrs[i].name) == name {
			return x.attrs[i].value
		}
	}
	return nil
}

// PrefixedAttr is the value of an attribute with any prefix: r:id is how a sheet names its part.
func (x *Reader) PrefixedAttr(local string) []byte {
	for _, a := range x.attrs {
		if i := bytes.IndexByte(a.name, ':'); i >= 0 && string(a.name[i+1:]) == local {
			return a.value
		}
	}
	return nil
}

// Next reads a token. io.EOF means that the document ended as it should.
func (x *Reader) Next() (Token, error) {
	if x.empty {
		x.empty = false
		return EndTag, x.pop()
	}
	x.scratch = x.scratch[:0]
	for {
		text, err := x.src.text()
		if err != nil {
			return 0, err
		}
		if len(text) > 0 {
			if x.Depth() > 0 {
				x.text, err = x.decodeText(text)
				return charData, err
			}
			if err := checkOutside(text); err != nil {
				return 0, err
			}
		}
		if token, done, err := x.markup(); done || err != nil {
			return token, err
		}
	}
}

// checkOutside checks the text before and after the root element.
func checkOutside(text []byte) error {
	switch {
	case bytes.HasPrefix(text, []byte("\xff\xfe")), bytes.HasPrefix(text, []byte("\xfe\xff")):
		return Malformed("its encoding is UTF-16; only UTF-8 is read")
	case len(bytes.Trim(bytes.TrimPrefix(text, []byte("\ufeff")), whitespace)) > 0:
		return Malformed("text stands outside of the root element")
	}
	return nil
}

// markup reads what begins with "<"; done is false if that isn't a token.
func (x *Reader) markup() (token Token, done bool, err error) {
	head, err := x.src.peek(9)
	switch {
	case err != nil:
		return 0, false, err
	case len(head) == 0:
		return 0, false, x.end()
	case bytes.HasPrefix(head, []byte("</")):
		return EndTag, true, x.endElement()
	case bytes.HasPrefix(head, []byte("<?")):
		return 0, false, x.instruction()
	case bytes.HasPrefix(head, []byte("<!--")):
		return 0, false, x.comment()
	case string(head) == "<![CDATA[":
		return charData, true, x.cdata()
	case bytes.HasPrefix(head, []byte("<!")):
		return 0, false, Malformed("it has a DOCTYPE, which no spreadsheet program writes")
	}
	return StartTag, true, x.startElement()
}
