package delimited

import (
	"bytes"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/snapshot"
)

// textEncoding is how the bytes of a text file become text.
type textEncoding struct {
	name string
	// codec is nil for UTF-8, whose bytes are taken as they stand: a decoder
	// would hide the bad ones.
	codec encoding.Encoding
	// assumed says that nothing in the file proves the encoding.
	assumed bool
	// careful says that cells may hold bytes that mean nothing.
	mayBeDamaged bool
}

var (
	cleanUTF8   = textEncoding{name: "UTF-8"}
	damagedUTF8 = textEncoding{name: "UTF-8", mayBeDamaged: true}
	utf16LE     = textEncoding{name: "UTF-16LE", mayBeDamaged: true, codec: unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)}
	utf16BE     = textEncoding{name: "UTF-16BE", mayBeDamaged: true, codec: unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)}
	windows1252 = textEncoding{name: "windows-1252", mayBeDamaged: true, codec: charmap.Windows1252}
	shiftJIS    = textEncoding{name: "Shift_JIS", mayBeDamaged: true, codec: japanese.ShiftJIS}
)

// wellKnown are spelled as people know them; htmlindex has all in lower case,
// and doesn't know what Windows calls Shift-JIS.
var encodingsByName = map[string]textEncoding{
	"utf-8": damagedUTF8, "utf-16le": utf16LE, "utf-16be": utf16BE, "shift_jis": shiftJIS, "cp932": shiftJIS,
}

// encodingOf is the encoding that the options name, or else the one that the
// content shows. A byte order mark outranks the name: a fix file is UTF-8,
// whatever the file that it came from is.
func encodingOf(src *snapshot.Snapshot, o sheet.Options) (textEncoding, error) {
	head, err := src.Head(snapshot.HeadSize)
	if err != nil {
		return textEncoding{}, err
	}
	order := UTF16Order(head)
	if o.Encoding != "" {
		named, err := namedEncoding(o.Encoding, order)
		if err == nil && bytes.HasPrefix(head, []byte("\ufeff")) {
			named = damagedUTF8
		}
		return named, err
	}
	switch {
	case order == "LE":
		return utf16LE, nil
	case order == "BE":
		return utf16BE, nil
	}
	return guessEncoding(src)
}

// namedEncoding takes the names that browsers take, and cp932.
func namedEncoding(name, order string) (textEncoding, error) {
	key := strings.ToLower(strings.TrimSpace(name))
	codec, err := htmlindex.Get(key)
	if err == nil {
		key, err = htmlindex.Name(codec)
	}
	if strings.HasPrefix(key, "utf-16") && order != "" {
		key = "utf-16" + strings.ToLower(order) // "utf-16" alone leaves the order open
	}
	if e, ok := encodingsByName[key]; ok {
		return e, nil
	}
	if err != nil || codec == encoding.Replacement {
		return textEncoding{}, sheet.Refuse("unknown_encoding", 0, "there is no encoding %q; known are utf-8, utf-16, windows-1252, macintosh, shift_jis and others", name)
	}
	return textEncoding{name: key, codec: codec, mayBeDamaged: true}, nil
}

// guessEncoding reads the whole file: one umlaut in the last line decides.
func guessEncoding(src *snapshot.Snapshot) (textEncoding, error) {
	c, err := countBytes(io.NewSectionReader(src, 0, src.Size()))
	switch {
	case err != nil:
		return textEncoding{}, err
	case c.invalid == 0 && c.lost == 0:
		return cleanUTF8, nil
	case c.multiByte > 0 && c.multiByte >= c.invalid:
		return damagedUTF8, nil
	}
	japanese, err := looksShiftJIS(io.NewSectionReader(src, 0, src.Size()))
	guess := windows1252
	if japanese {
		guess = shiftJIS
	}
	guess.assumed = true
	return guess, err
}

// Utf16Order is "LE" or "BE" where a byte order mark says so, or where nearly
// all bytes on one side of the pairs are NUL; "" is not UTF-16.
func UTF16Order(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return "LE"
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return "BE"
	}
	var nul [2]int
	for i, c := range head {
		if c == 0 {
			nul[i%2]++
		}
	}
	pairs := len(head) / 2
	switch few, many := 1+pairs/50, pairs*3/10; {
	case pairs < 2:
		return ""
	case nul[1] > many && nul[0] <= few:
		return "LE"
	case nul[0] > many && nul[1] <= few:
		return "BE"
	}
	return ""
}

// reader is the file as UTF-8. A byte order mark is still there.
func (e textEncoding) reader(src *snapshot.Snapshot) io.Reader {
	r := io.NewSectionReader(src, 0, src.Size())
	if e.codec == nil {
		return r
	}
	return transform.NewReader(r, e.codec.NewDecoder())
}

// damaged tells the characters that stand for bytes without a meaning:
// U+FFFD, which is also what ranging over invalid UTF-8 gives, and, where the
// encoding has 256 characters, the control characters that nobody types.
func (e textEncoding) isDamaged(r rune) bool {
	return r == '\ufffd' || e.codec != nil && r >= 0x80 && r < 0xa0
}
