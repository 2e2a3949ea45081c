package delimited

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
)

// byteCounts counts what tells UTF-8 from other encodings.
type byteCounts struct {
	multiByte int // valid sequences of more than one byte
	invalid   int // bytes outside any valid sequence
	lost      int // U+FFFD: an earlier program has lost a character
}

// chunkSize is how many bytes are looked at together.
const chunkSize = 64 << 10

func countBytes(r io.Reader) (c byteCounts, err error) {
	err = eachChunk(r, func(b []byte, last bool) int {
		if utf8.Valid(b) {
			c.lost += bytes.Count(b, []byte("\ufffd"))
			c.multiByte += countMultiByte(b)
			return len(b)
		}
		return c.count(b, last)
	})
	return c, err
}

// countMultiByte counts the characters in valid UTF-8 that aren't ASCII, by their first bytes.
func countMultiByte(b []byte) (n int) {
	for _, x := range b {
		if x >= 0xc0 {
			n++
		}
	}
	return n
}

// count returns how many bytes it has counted: a character that is cut by the end of the chunk is left for the next
// one.
func (c *byteCounts) count(b []byte, last bool) int {
	for i := 0; i < len(b); {
		if !last && !utf8.FullRune(b[i:]) {
			return i
		}
		r, size := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			c.invalid++
		case r == utf8.RuneError:
			c.lost++
			c.multiByte++
		case size > 1:
			c.multiByte++
		}
		i += size
	}
	return len(b)
}

// eachChunk calls f with the bytes of r in order. f returns how many of them it has dealt with; it gets the rest
// again with the next chunk.
func eachChunk(r io.Reader, f func(b []byte, last bool) (done int)) error {
	buf := make([]byte, chunkSize)
	kept := 0
	for {
		n, err := io.ReadFull(r, buf[kept:])
		last := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last {
			return err
		}
		kept += n
		done := f(buf[:kept], last)
		if last {
			return nil
		}
		kept = copy(buf, buf[done:kept])
	}
}

// looksShiftJIS tells whether a text is valid Windows Shift-JIS whose double bytes come in runs, as in Japanese
// words. In a Western encoding, the accented letters that look like the first of two bytes are mostly alone among
// ASCII letters.
func looksShiftJIS(r io.Reader) (bool, error) {
	doubles, inRuns, run, invalid := 0, 0, 0, 0
	err := eachChunk(r, func(b []byte, last bool) int {
		i := 0
		for i < len(b) {
			lead := isShiftJISLead(b[i])
			switch {
			case lead && i+1 == len(b) && !last:
				return i
			case lead && i+1 < len(b) && isShiftJISTrail(b[i+1]):
				doubles++
				run++
				inRuns += min(run-1, 1)
				i += 2
				continue
			case b[i] >= 0x80 && !isHalfKatakana(b[i]):
				invalid++
			}
			run = 0
			i++
		}
		return i
	})
	// inRuns counts all but the first of a run.
	return invalid == 0 && inRuns > 0 && inRuns*3 >= doubles, err
}

func isShiftJISLead(b byte) bool { return b >= 0x81 && b <= 0x9f || b >= 0xe0 && b <= 0xfc }

func isShiftJISTrail(b byte) bool { return b >= 0x40 && b <= 0xfc && b != 0x7f }

func isHalfKatakana(b byte) bool { return b >= 0xa1 && b <= 0xdf }
