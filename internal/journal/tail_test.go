package journal

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"officeimporter/internal/office"
)

// rowHistory returns a journal whose last two lines are the Begin and the Finish of row b, and
// where they start. With alone each line is its own batch, otherwise both are one.
func rowHistory(t *testing.T, alone bool) (data []byte, beginAt, finishAt int) {
	j, m := openMemory(t, nil)
	if _, err := j.Baseline("1", []string{"1"}); err != nil {
		t.Fatal(err)
	}
	mustBegin(t, j, unknown("a"))
	mustFinish(t, j, created("a", "2"))
	beginAt = len(m.copy())
	if alone {
		mustBegin(t, j, unknown("b"))
		mustFinish(t, j, created("b", "3"))
	} else if err := j.write(slices.Concat(recordContents("b"), recordContents("c"))); err != nil {
		t.Fatal(err)
	}
	data = m.copy()
	return data, beginAt, bytes.LastIndexByte(data[:len(data)-1], '\n') + 1
}

// A journal cut anywhere in its last two lines is what it was before the lines that are not whole
// any more, and can be continued.
func TestCutAtEveryByteOfTheLastTwoLines(t *testing.T) {
	data, beginAt, finishAt := rowHistory(t, true)
	for size := beginAt; size <= len(data); size++ {
		want := office.Pending // nothing is known
		switch {
		case size == len(data):
			want = office.Created
		case size >= finishAt:
			want = office.Unknown
		}
		j, m := openMemory(t, bytes.Clone(data[:size]))
		wantOutcome(t, j, "a", office.Created)
		if r, known, err := j.Record("b"); err != nil || known != (want != office.Pending) || r.Outcome != want {
			t.Errorf("cut at %d: b is %v (known: %v, error: %v), want %v", size, r.Outcome, known, err, want)
		}
		mustBegin(t, j, unknown("later"))
		again := reopen(t, m)
		wantOutcome(t, again, "later", office.Unknown)
		if again.Len() != j.Len() {
			t.Errorf("cut at %d: %d rows became %d", size, j.Len(), again.Len())
		}
	}
}

// One wrong bit in the last two lines: a Begin followed by a Finish was on disk, so it is damage,
// and the error names the line. The last line may have been torn, so it is cut off.
func TestEveryBitOfTheLastTwoLines(t *testing.T) {
	data, beginAt, finishAt := rowHistory(t, true)
	begun := bytes.Count(data[:finishAt], []byte("\n"))
	for at := beginAt; at < len(data); at++ {
		for bit := range 8 {
			if testing.Short() && bit != at%8 { // then one bit of each byte
				continue
			}
			wrong := bytes.Clone(data)
			wrong[at] ^= 1 << bit
			m := &memoryFile{data: bytes.Clone(wrong)}
			j, err := openOn(m, "j", testHeader)
			var damage *DamageError
			switch {
			case at < finishAt && (!errors.As(err, &damage) || damage.Line != begun || !bytes.Equal(m.data, wrong)):
				t.Errorf("byte %d, bit %d: %v, want damage in line %d and nothing changed", at, bit, err, begun)
			case at >= finishAt && err != nil:
				t.Errorf("byte %d, bit %d: %v", at, bit, err)
			case at >= finishAt:
				wantOutcome(t, j, "b", office.Unknown)
			}
		}
	}
}

// If two lines are one batch, the first wrong one is where it was torn, even if both have become
// one line.
func TestEveryBitOfABatchOfTwoLines(t *testing.T) {
	data, first, second := rowHistory(t, false)
	for at := first; at < len(data); at++ {
		for bit := range 8 {
			if testing.Short() && bit != at%8 { // then one bit of each byte
				continue
			}
			wrong := bytes.Clone(data)
			wrong[at] ^= 1 << bit
			j, _ := openMemory(t, wrong)
			wantOutcome(t, j, "a", office.Created)
			want := "a"
			if at >= second {
				want = "a b"
			}
			if got := strings.Join(keys(t, j), " "); got != want {
				t.Errorf("byte %d, bit %d: the rows %q are known, want %q", at, bit, got, want)
			}
		}
	}
}
