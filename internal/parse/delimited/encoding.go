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

// textEncoding says how the bytes of a text file become text.
type textEncoding struct {
	name string
	// codec is nil for UTF-8, whose bytes we take as they are: a decoder would hide bad ones.
	codec encoding.Encoding
	// assumed says that the encoding is a guess: nothing in the file proves it.
	assumed bool
	// mayBeDamaged says that cells may contain bytes that are wrong in the encoding.
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

// encodingsByName has encodings with the spelling that people know; htmlindex has lower case only, and lacks cp932,
// the Windows name of Shift-JIS.
var encodingsByName = map[string]textEncoding{
	"utf-8": damagedUTF8, "utf-16le": utf16LE, "utf-16be": utf16BE, "shift_jis": shiftJIS, "cp932": shiftJIS,
}

// encodingOf is the encoding that the options name, or else what the content shows. A byte order mark wins over the
// name: a fix file is UTF-8, whatever the original file was.
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

// namedEncoding accepts the names that browsers accept, and cp932.
func namedEncoding(name, order string) (textEncoding, error) {
	key := strings.ToLower(strings.TrimSpace(name))
	codec, err := htmlindex.Get(key)
	if err == nil {
		key, err = htmlindex.Name(codec)
	}
	if strings.HasPrefix(key, "utf-16") && order != "" {
		key = "utf-16" + strings.ToLower(order) // "utf-16" alone doesn't say the byte order
	}
	if e, ok := encodingsByName[key]; ok {
		return e, nil
	}
	if err != nil || codec == encoding.Replacement {
		return textEncoding{}, sheet.Refuse("unknown_encoding", 0, "there is no encoding %q; known are utf-8, utf-16, windows-1252, macintosh, shift_jis and others", name)
	}
	return textEncoding{name: key, codec: codec, mayBeDamaged: true}, nil
}

// guessEncoding reads the whole file, since a single umlaut in the last line may decide.
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

// UTF16Order is "LE" or "BE" if there is a byte order mark, or if nearly all bytes on one side of the pairs are NUL;
// "" means that the text isn't UTF-16.
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

// reader reads the file as UTF-8, with the byte order mark if there is one.
func (e textEncoding) reader(src *snapshot.Snapshot) io.Reader {
	r := io.NewSectionReader(src, 0, src.Size())
	if e.codec == nil {
		return r
	}
	return transform.NewReader(r, e.codec.NewDecoder())
}

// isDamaged tells whether a character stands for bytes that are wrong in the encoding: U+FFFD, which ranging over
// invalid UTF-8 gives too, and for encodings other than UTF-8 the control characters that nobody types.
func (e textEncoding) isDamaged(r rune) bool {
	return r == '\ufffd' || e.codec != nil && r >= 0x80 && r < 0xa0
}
