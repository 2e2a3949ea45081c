package xlsx

import (
	"bytes"
	"fmt"
	"strings"
)

// sharedStrings are the texts that cells refer to by number. They are in one block, as separate strings would take
// several times the memory.
type sharedStrings struct {
	block string
	ends  []uint32 // where each text ends in block
}

// text is text i; ok is false if there is none.
func (s *sharedStrings) text(i uint64) (text string, ok bool) {
	switch {
	case i >= uint64(len(s.ends)):
		return "", false
	case i == 0:
		return s.block[:s.ends[0]], true
	}
	return s.block[s.ends[i-1]:s.ends[i]], true
}

func (p *xlsxPackage) readStrings(name string) (sharedStrings, error) {
	var (
		all   sharedStrings
		block strings.Builder
		buf   []byte
	)
	err := p.read(name, "the list of texts", maxStringPart, func(r *partReader) (err error) {
		if string(r.Name) != "si" || r.Depth() != 2 {
			return nil
		}
		if buf, err = r.AppendRich(buf[:0]); err != nil {
			return r.refusal(err)
		}
		block.Write(unescapeXstring(buf))
		all.ends = append(all.ends, uint32(block.Len()))
		return nil
	})
	all.block = block.String()
	return all, err
}

// unescapeXstring replaces _xHHHH_, which workbooks write for characters that XML can't hold; _x005F_ is an
// underscore that would otherwise start such an escape. NUL and UTF-16 surrogates, which no text has, stay as they
// are. It changes b.
func unescapeXstring(b []byte) []byte {
	if !bytes.Contains(b, []byte("_x")) {
		return b
	}
	out := b[:0]
	for len(b) > 0 {
		if r, ok := xstringEscape(b); ok {
			out = append(out, string(r)...)
			b = b[len("_xHHHH_"):]
			continue
		}
		out = append(out, b[0])
		b = b[1:]
	}
	return out
}

func xstringEscape(b []byte) (r rune, ok bool) {
	if len(b) < len("_xHHHH_") || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, false
	}
	for _, c := range b[2:6] {
		digit := strings.IndexByte("0123456789abcdef", c|0x20)
		if digit < 0 {
			return 0, false
		}
		r = r<<4 | rune(digit)
	}
	return r, r != 0 && (r < 0xD800 || r > 0xDFFF)
}

// EscapeXstring is the reverse of unescapeXstring.
func EscapeXstring(s string) string {
	var b strings.Builder
	for i, r := range s {
		_, looksEscaped := xstringEscape([]byte(s[i:min(len(s), i+len("_xHHHH_"))]))
		if looksEscaped || r < ' ' && r != '\t' && r != '\n' {
			fmt.Fprintf(&b, "_x%04X_", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
