package journal

import (
	stdjson "encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"officeimporter/internal/office"
)

// awkward are texts that a JSON writer escapes, or that a reader may get wrong.
var awkward = []string{`"doubted":true`, `\"doubted\":true`, "a\"b\\c/d", "\x00\x1f\u2028\u2029", "<b>&amp;</b>", "Zürich 東京 😀", "\xff\xfe", "\\u00e9", ""}

// TestRecordsAreReadAsWritten compares the journal's JSON reader with the standard library's, and
// what is known of a record without reading it with the record.
func TestRecordsAreReadAsWritten(t *testing.T) {
	for _, text := range awkward {
		for _, doubted := range []bool{false, true} {
			r := office.Record{Key: office.Key(text), Row: 1 << 20, Name: text, Country: "US", Digest: office.Digest{1, 0xff}, Outcome: office.Unknown,
				OfficeID: "5068549373853696", Candidates: []string{text, "2"}, Attempts: 3, HTTPStatus: 503, Words: text, RequestID: text,
				SentAt: time.Date(2026, 11, 25, 3, 4, 5, 6, time.UTC), Run: 7, Answered: true, Doubted: doubted,
				Differs: []office.Difference{{Field: text, Sent: text, Stored: text}}}
			written, err := stdjson.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			var want office.Record
			if err := stdjson.Unmarshal(written, &want); err != nil {
				t.Fatal(err)
			}
			l := line{json: written}
			got, err := l.record()
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("%q: %v\n%s", text, err, diff)
			}
			if l.doubted() != doubted {
				t.Errorf("%s\n is told to be doubted: %t", written, !doubted)
			}
		}
	}
}

// TestRecordIsNotMadeUp checks that what isn't a record is refused, as the standard library does.
func TestRecordIsNotMadeUp(t *testing.T) {
	for _, text := range []string{``, `{`, `[]`, `{"row":"x"}`, `{"outcome":"sold"}`, `{"digest":"zz"}`, `{"key":"a"} {}`, `{"sent_at":"yesterday"}`} {
		l := line{json: []byte(text)}
		if _, err := l.record(); err == nil {
			t.Errorf("%s was taken for a record", text)
		}
	}
}
