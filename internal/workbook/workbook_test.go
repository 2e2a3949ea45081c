package workbook

import (
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestNamed(t *testing.T) {
	labels := []string{"Zip", "City, State", "City", "col D"}
	for label, want := range map[string][]int{"Zip": {0}, "City, State": {1}, "City": {2}, "Zip, col D": {0, 3}, "City, Zip": {0, 2}, "State": nil, "": nil} {
		if got := Named(labels, label); !slices.Equal(got, want) {
			t.Errorf("%q names %v, want %v", label, got, want)
		}
	}
}

func TestLines(t *testing.T) {
	for text, want := range map[string]int{"": 1, "abcd": 1, "abcde": 2, "üüüü": 1, "a\nb": 2, "abcdefgh\ni": 3} {
		if got := Lines(text, 4); got != want {
			t.Errorf("%q takes %d lines, want %d", text, got, want)
		}
	}
	if got := RowHeight(1000); got != 409 {
		t.Errorf("a row is %v points high", got)
	}
}

func TestPaintKeepsTheRest(t *testing.T) {
	file := excelize.NewFile()
	style, err := file.NewStyle(&excelize.Style{NumFmt: 49, Font: &excelize.Font{Bold: true, Color: "FFFFFF", Size: 14}, Border: []excelize.Border{{Type: "top", Color: "0000FF", Style: 1}}})
	if err != nil {
		t.Fatal(err)
	}
	painter := NewPainter(file)
	red, err := painter.Paint(style, Red)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := painter.Paint(style, Red)
	yellow, _ := painter.Paint(style, Yellow)
	if red != again || red == yellow || red == style {
		t.Errorf("styles %d, %d, %d, %d", style, red, again, yellow)
	}
	got, err := file.GetStyle(red)
	if err != nil || got.NumFmt != 49 || !got.Font.Bold || got.Font.Size != 14 || len(got.Border) != 1 || got.Font.Color != "9C0006" || strings.Join(got.Fill.Color, "") != "FFC7CE" {
		t.Errorf("painted: %+v, %+v (%v)", got, got.Font, err)
	}
	if was, err := file.GetStyle(style); err != nil || was.Font.Color != "FFFFFF" || was.Fill.Pattern != 0 {
		t.Errorf("the style itself changed: %+v (%v)", was, err)
	}
}

func TestNotesEnd(t *testing.T) {
	notes := Notes{File: excelize.NewFile(), Sheet: "Sheet1", count: MaxNotes - 1}
	first, err := notes.Add("A1", "x")
	if !first || err != nil {
		t.Errorf("the last that fits: %t, %v", first, err)
	}
	if second, err := notes.Add("A2", "x"); second || err != nil {
		t.Errorf("one more: %t, %v", second, err)
	}
}
