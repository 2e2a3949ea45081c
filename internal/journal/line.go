package journal

import (
	"bytes"
	"encoding/hex"
	"hash/crc32"
	"net/url"
	"strconv"

	"officeimporter/internal/office"
)

// A line of the journal is
//
//	crc32c batch.position/lines kind outcome key office json
//
// The checksum, 8 hex digits, covers everything after it and its space. Lines that were written and synced together
// are a batch. Each line has its position in the batch and the batch's number of lines, so that a reader can tell a
// batch torn by a crash from later damage. What a replay needs is outside the JSON, because decoding a million
// objects would take ten times as long.
type line struct {
	batch    uint64
	position uint64 // in the batch, counted from 1
	lines    uint64 // number of lines in the batch
	kind     kind
	outcome  office.Outcome // of a begin or finish
	key      office.Hash    // of a begin or finish
	office   []byte         // the office's id, escaped; in a baseline the primary office's; empty: none
	json     []byte
}

type kind byte

const (
	header    kind = 'H' // the first line
	baseline  kind = 'R' // a run starts: the offices listed before it
	begin     kind = 'B' // a request is about to leave
	finish    kind = 'F' // how the request ended
	cut       kind = 'C' // the batch before lost its end in a crash
	compacted kind = 'K' // the journal was compacted
)

const (
	none    = "-"
	sumSize = 8 // hex digits
)

// content returns a line without its checksum and batch, which are known only when it is written. The id is escaped,
// since the server may put anything into it.
func content(k kind, outcome, key, id string, json []byte) []byte {
	b := append(make([]byte, 0, len(json)+100), byte(k))
	for _, field := range []string{outcome, key, escape(id)} {
		b = append(b, ' ')
		b = append(b, orNone(field)...)
	}
	return append(append(b, ' '), json...)
}

// escape turns whatever the server uses as an id into one field.
func escape(id string) string { return url.PathEscape(id) }

func orNone(field string) string {
	if field == "" {
		return none
	}
	return field
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func appendLine(b []byte, batch uint64, place, lines int, content []byte) []byte {
	start := len(b)
	b = append(b, "00000000 "...)
	b = strconv.AppendUint(b, batch, 10)
	b = append(b, '.')
	b = strconv.AppendInt(b, int64(place), 10)
	b = append(b, '/')
	b = strconv.AppendInt(b, int64(lines), 10)
	b = append(b, ' ')
	b = append(b, content...)
	sum := checksum(b[start+sumSize+1:])
	copy(b[start:], sum[:])
	return append(b, '\n')
}

func checksum(rest []byte) (text [sumSize]byte) {
	sum := crc32.Checksum(rest, castagnoli)
	hex.Encode(text[:], []byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)})
	return text
}

func contentOf(raw []byte) []byte {
	_, rest, _ := bytes.Cut(raw, space) // its checksum
	_, content, _ := bytes.Cut(rest, space)
	return content
}

var space = []byte(" ")

// parseLine parses a line without its line feed. It returns false if the line wasn't written whole. The slices point
// into raw.
func parseLine(raw []byte) (l line, ok bool) {
	sum, rest, ok := bytes.Cut(raw, space)
	if want := checksum(rest); !ok || !bytes.Equal(sum, want[:]) {
		return line{}, false
	}
	var fields [5][]byte
	for i := range fields {
		if fields[i], rest, ok = bytes.Cut(rest, space); !ok {
			return line{}, false
		}
	}
	l.json = rest
	return l, l.setBatch(fields[0]) && l.setKind(fields[1]) && l.setOutcome(fields[2]) && l.setKey(fields[3]) && l.setOffice(fields[4])
}

func (l *line) setBatch(field []byte) bool {
	batch, rest, _ := bytes.Cut(field, []byte("."))
	place, lines, _ := bytes.Cut(rest, []byte("/"))
	var err [3]error
	l.batch, err[0] = strconv.ParseUint(string(batch), 10, 64)
	l.position, err[1] = strconv.ParseUint(string(place), 10, 64)
	l.lines, err[2] = strconv.ParseUint(string(lines), 10, 64)
	return err == [3]error{} && 1 <= l.position && l.position <= l.lines
}

func (l *line) setKind(field []byte) bool {
	if len(field) != 1 {
		return false
	}
	l.kind = kind(field[0])
	return true
}

func (l *line) isRecord() bool { return l.kind == begin || l.kind == finish }

func (l *line) setOutcome(field []byte) bool {
	if !l.isRecord() {
		return string(field) == none
	}
	return l.outcome.UnmarshalText(field) == nil
}

func (l *line) setKey(field []byte) bool {
	if !l.isRecord() {
		return string(field) == none
	}
	n, err := hex.Decode(l.key[:], field[:min(len(field), 2*len(l.key))])
	return err == nil && n == len(l.key) && len(field) == 2*len(l.key)
}

func (l *line) setOffice(field []byte) bool {
	if string(field) != none {
		l.office = field
	}
	return len(field) > 0
}

// officeID returns the id as the server spelled it, or "" if there is none.
func (l *line) officeID() string {
	id, err := url.PathUnescape(string(l.office))
	if err != nil {
		return string(l.office)
	}
	return id
}
