package xmltoken

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// decodeText checks text between tags and replaces its references.
func (x *Reader) decodeText(raw []byte) ([]byte, error) {
	if bytes.Contains(raw, []byte("]]>")) {
		return nil, Malformed("%q stands in a text", "]]>")
	}
	return x.decode(raw)
}

func (x *Reader) decodeAttr(raw []byte) ([]byte, error) {
	if bytes.IndexByte(raw, '<') >= 0 {
		return nil, Malformed("%q stands in the value of an attribute", "<")
	}
	return x.decode(raw)
}

// decode checks the characters, and replaces references and line ends other than LF. Most values have none, and
// aren't copied.
func (x *Reader) decode(raw []byte) ([]byte, error) {
	plain, err := checkChars(raw)
	if err != nil || plain {
		return raw, err
	}
	start := len(x.scratch)
	for len(raw) > 0 {
		switch {
		case raw[0] == '&':
			if raw, err = x.reference(raw); err != nil {
				return nil, err
			}
		case raw[0] == '\r':
			raw = bytes.TrimPrefix(raw[1:], []byte("\n"))
			x.scratch = append(x.scratch, '\n')
		default:
			x.scratch = append(x.scratch, raw[0])
			raw = raw[1:]
		}
	}
	return x.scratch[start:], nil
}

func (x *Reader) decodeCDATA(raw []byte) ([]byte, error) {
	if _, err := checkChars(raw); err != nil {
		return nil, err
	}
	raw = bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(raw, []byte("\r"), []byte("\n")), nil
}

// checkChars refuses characters that XML 1.0 can't hold; plain is false if decode has something to replace.
func checkChars(b []byte) (plain bool, err error) {
	plain = true
	for i := 0; i < len(b); {
		switch c := b[i]; {
		case c == '&' || c == '\r':
			plain = false
			i++
		case ' ' <= c && c < utf8.RuneSelf || c == '\n' || c == '\t':
			i++
		default:
			r, size := utf8.DecodeRune(b[i:])
			if !isXMLChar(r) || r == utf8.RuneError && size == 1 {
				return false, Malformed("byte %#02x isn't allowed in XML", c)
			}
			i += size
		}
	}
	return plain, nil
}

func isXMLChar(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || ' ' <= r && r <= 0xD7FF ||
		0xE000 <= r && r <= 0xFFFD || 0x10000 <= r && r <= utf8.MaxRune
}

// reference appends the character of the reference at the front of b.
func (x *Reader) reference(b []byte) (rest []byte, err error) {
	end := bytes.IndexByte(b, ';')
	if end < 0 {
		return nil, Malformed("%q has no %q", "&", ";")
	}
	r, ok := referenced(string(b[1:end]))
	if !ok {
		return nil, Malformed("%.20q is no reference that XML knows", b[:end+1])
	}
	x.scratch = utf8.AppendRune(x.scratch, r)
	return b[end+1:], nil
}

func referenced(name string) (rune, bool) {
	switch name {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "apos":
		return '\'', true
	case "quot":
		return '"', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	return rune(n), err == nil && n <= utf8.MaxRune && isXMLChar(rune(n))
}
