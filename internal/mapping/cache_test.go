package mapping

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"officeimporter/internal/mapping/cell"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// TestCacheChangesNothing compares rows that are read one after the other with the same rows read without a cache.
func TestCacheChangesNothing(t *testing.T) {
	var headings []string
	for i := range office.Fields {
		headings = append(headings, office.Fields[i].Name)
	}
	for name, o := range map[string]Options{"repairs": {}, "no repairs": {NoRepairs: true}} {
		p := planOf(t, o, strings.Join(headings, ","), "x")
		random := rand.New(rand.NewPCG(1, 2))
		used := newDraft(p)
		for n := range 3000 {
			row := sheet.Row{Number: n + 2, Cells: randomCells(random, len(headings))}
			got, err := used.mapRow(row)
			want, freshErr := (&draft{plan: p}).mapRow(row)
			if err != nil || freshErr != nil {
				t.Fatal(err, freshErr)
			}
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%s, row %d is read as\n%+v\nbut by itself as\n%+v", name, n, got, want)
			}
		}
		hits := 0
		for i := range used.caches {
			hits += used.caches[i].hits
		}
		if hits < 3000 {
			t.Errorf("%s: only %d cells were remembered", name, hits)
		}
	}
}

func randomCells(random *rand.Rand, n int) []sheet.Cell {
	cells := make([]sheet.Cell, n)
	for i := range cells {
		f := &office.Fields[i]
		texts := oddTexts
		if random.IntN(3) > 0 {
			texts = []string{f.Example}
		}
		cells[i] = sheet.Cell{Kind: sheet.Text, Raw: texts[random.IntN(len(texts))]}
		switch random.IntN(40) {
		case 0:
			cells[i] = sheet.Cell{}
		case 1:
			cells[i].Merged = true
		case 2:
			cells[i].Kind = sheet.Number
		case 3:
			cells[i].Kind = sheet.Error
		}
	}
	return cells
}

var oddTexts = []string{"x", "\u200b", "yes", "No", "TRUE", "1", "US", "CA", "deutschland", "eur", "Monthly", "9-5", "8am-6pm", "closed", "00:00-24:00",
	"02134", "2134", "K1A0B1", "MA", "Québec", "Texas", "Eastern Standard Time", "America/New_York", "+14155550100", "(415) 555-0100", "0044 20 7946 0958",
	"PO Box 12", "30", "46", "a@b.co", "two\nlines", " spaced ", "round robin", "voicemail", "1=voicemail", "5068549373853696", "5068549373850000", "\a"}

func TestCacheOfHardlyAnyRepeats(t *testing.T) {
	var c cellCache
	for i := range 3 * maxCached {
		if text := fmt.Sprint(i); c.covers(sheet.Cell{Kind: sheet.Text, Raw: text}) && c.accepts() {
			c.add(text, &cachedValue{value: "x"})
		}
	}
	if len(c.values) != 0 || c.covers(sheet.Cell{Kind: sheet.Text}) {
		t.Errorf("remembers %d texts", len(c.values))
	}
}

func TestCacheIsBounded(t *testing.T) {
	var c cellCache
	for i := range 3 * maxCached {
		if c.find("often", cell.Address{}) == nil {
			c.add("often", &cachedValue{value: "x"})
		}
		if c.accepts() {
			c.add(fmt.Sprint(i), &cachedValue{value: "x"})
		}
	}
	if len(c.values) != maxCached || !c.covers(sheet.Cell{Kind: sheet.Text}) {
		t.Errorf("remembers %d texts", len(c.values))
	}
}

func TestCacheKeepsAddressesApart(t *testing.T) {
	var c cellCache
	c.add("02134", &cachedValue{value: "x", address: cell.Address{Country: "US", Region: "MA"}})
	if c.find("02134", cell.Address{Country: "US", Region: "TX"}) != nil {
		t.Error("a postal code of one state is taken for one of another")
	}
}
