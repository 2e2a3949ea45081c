package xmltoken

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

func (x *Reader) startElement() error {
	tag, err := x.src.tag()
	if err != nil {
		return err
	}
	rest, empty := bytes.CutSuffix(tag[1:], []byte("/"))
	name, rest, err := takeName(rest)
	if err != nil {
		return err
	}
	if err := x.attributes(rest); err != nil {
		return err
	}
	x.Name, x.empty = localName(name), empty
	return x.push(name)
}

func (x *Reader) endElement() error {
	tag, err := x.src.until(">")
	if err != nil {
		return err
	}
	name := bytes.TrimRight(tag[2:], whitespace)
	if x.Depth() == 0 || !bytes.Equal(name, x.top()) {
		return Malformed("</%s> closes an element that isn't open", name)
	}
	return x.pop()
}

const whitespace = " \t\r\n"

// attributes reads what follows the name in a tag.
func (x *Reader) attributes(rest []byte) (err error) {
	x.attrs = x.attrs[:0]
	for {
		trimmed := bytes.TrimLeft(rest, whitespace)
		if len(trimmed) == 0 {
			return nil
		}
		if len(trimmed) == len(rest) || len(x.attrs) == maxAttrs {
			return Malformed("a tag has no space between attributes, or over %d of them", maxAttrs)
		}
		if rest, err = x.attribute(trimmed); err != nil {
			return err
		}
	}
}

func (x *Reader) attribute(b []byte) (rest []byte, err error) {
	name, rest, err := takeName(b)
	if err != nil {
		return nil, err
	}
	rest = bytes.TrimLeft(rest, whitespace)
	if len(rest) == 0 || rest[0] != '=' {
		return nil, Malformed("attribute %q has no value", name)
	}
	rest = bytes.TrimLeft(rest[1:], whitespace)
	if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
		return nil, Malformed("the value of attribute %q has no quotes", name)
	}
	end := bytes.IndexByte(rest[1:], rest[0]) + 1
	if end == 0 {
		return nil, Malformed("the value of attribute %q has no end", name)
	}
	if x.hasAttr(name) {
		return nil, Malformed("attribute %q stands twice in a tag", name)
	}
	value, err := x.decodeAttr(rest[1:end])
	x.attrs = append(x.attrs, attribute{name, value})
	return rest[end+1:], err
}

func (x *Reader) hasAttr(name []byte) bool {
	for i := range x.attrs {
		if bytes.Equal(x.attrs[i].name, name) {
			return true
		}
	}
	return false
}

func takeName(b []byte) (name, rest []byte, err error) {
	n := 0
	for n < len(b) && isNameByte(b[n]) {
		n++
	}
	name, rest = b[:n], b[n:]
	if n == 0 || b[0] == '-' || b[0] == '.' || '0' <= b[0] && b[0] <= '9' || bytes.Count(name, []byte(":")) > 1 || !utf8.Valid(name) {
		return nil, nil, Malformed("a name was expected at %.20q", b)
	}
	return name, rest, nil
}

func isNameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' ||
		c == ':' || c == '_' || c == '-' || c == '.' || c >= utf8.RuneSelf
}

func (x *Reader) comment() error {
	x.src.take(len("<!--"))
	if _, err := x.src.until("--"); err != nil {
		return err
	}
	end, err := x.src.peek(1)
	if err == nil && string(end) != ">" {
		return Malformed("a comment has %q inside", "--")
	}
	x.src.take(len(end))
	return err
}

func (x *Reader) cdata() (err error) {
	x.src.take(len("<![CDATA["))
	body, err := x.src.until("]]>")
	if err != nil {
		return err
	}
	if x.Depth() == 0 {
		return Malformed("text outside of the root element")
	}
	x.text, err = x.decodeCDATA(body)
	return err
}

// instruction skips <?...?>, but checks the encoding in <?xml?>.
func (x *Reader) instruction() error {
	x.src.take(len("<?"))
	body, err := x.src.until("?>")
	if err != nil {
		return err
	}
	target, rest, err := takeName(body)
	if err != nil || string(target) != "xml" {
		return err
	}
	if err := x.attributes(rest); err != nil {
		return err
	}
	encoding := string(x.Attr("encoding"))
	if encoding != "" && !strings.EqualFold(encoding, "UTF-8") && !strings.EqualFold(encoding, "US-ASCII") {
		return Malformed("its encoding is %q; only UTF-8 is read", encoding)
	}
	return nil
}
