package mapping

import (
	"strings"
	"testing"

	"officeimporter/internal/mapping/mappingtest"
	"officeimporter/internal/parse/sheet"
)

func TestDayOfNumbers(t *testing.T) {
	clock := func(f float64) sheet.Cell {
		return sheet.Cell{Kind: sheet.DateTime, Serial: f, Format: "h:mm", Raw: "x"}
	}
	tests := []struct {
		opens, closes sheet.Cell
		want          string
	}{
		{clock(1.0 / 3), clock(0.75), "08:00-18:00"},
		{mappingtest.Number("0.3333333333321207", ""), mappingtest.Number("0.75", ""), "08:00-18:00"},
		{mappingtest.Number("0.333", ""), clock(0.75), "bad_time"},
		{clock(46364 + 1.0/3), clock(46364.75), "08:00-18:00 date_part_ignored date_part_ignored"},
		{clock(46364), sheet.Cell{}, "date_in_hours"},
		{mappingtest.Number("8", ""), mappingtest.Number("18", ""), "ambiguous_time"},
		{mappingtest.Number("8.5", ""), clock(0.75), "ambiguous_time"},
		{clock(0), clock(1), "00:00-24:00 undocumented_24_00"},
		{mappingtest.Number("800", `00\:00`), mappingtest.Number("1800", `00\:00`), "08:00-18:00"},
		{mappingtest.Text("08:00"), mappingtest.Text("6 PM"), "08:00-18:00"},
		{mappingtest.Text("8"), mappingtest.Text("18"), "08:00-18:00"},
		{mappingtest.Text("9"), mappingtest.Text("5"), "ambiguous_time"},
		{mappingtest.Text("closed"), sheet.Cell{}, "closed"},
		{sheet.Cell{}, mappingtest.Text("closed"), "closed"},
		{mappingtest.Text("closed"), mappingtest.Text("18:00"), "bad_time"},
		{mappingtest.Text("08:00"), sheet.Cell{}, "hours_odd_count"},
		{mappingtest.Text("08:00-12:00"), mappingtest.Text("18:00"), "bad_time"},
		{sheet.Cell{Kind: sheet.Error, Raw: "#REF!"}, mappingtest.Text("18:00"), "error_cell"},
		{sheet.Cell{}, sheet.Cell{}, ""},
	}
	for _, tt := range tests {
		r := mapRow(t, Options{Defaults: withDefault("hours_on", "yes")}, []string{"Mon open", "monday_close"}, tt.opens, tt.closes)
		got := mappingtest.KindsOf(r.Problems, "monday_hours")
		if got == "" && r.Office.MondayHours != nil {
			got = strings.TrimSpace(r.Office.MondayHours.String() + " " + mappingtest.KindsOf(r.Warnings, "monday_hours"))
		}
		if got != tt.want {
			t.Errorf("%v %v: got %q, want %q", tt.opens, tt.closes, got, tt.want)
		}
	}
}

func withDefault(field, value string) map[string]string {
	d := mappingtest.CompleteDefaults()
	d[field] = value
	return d
}

func TestWeekColumn(t *testing.T) {
	o := Options{Defaults: withDefault("monday_hours", "07:00-15:00")}
	r := mapRow(t, o, []string{"Opening hours"}, mappingtest.Text("Tue 08:00-18:00"))
	if r.Office.MondayHours == nil || len(r.Office.MondayHours) != 0 || r.Office.TuesdayHours.String() != "08:00-18:00" {
		t.Errorf("a day that isn't named must be closed: %v", r.Office)
	}
	if !strings.Contains(string(r.Body), `"sunday_hours":[]`) {
		t.Errorf("a closed day must be sent: %s", r.Body)
	}
	if got := mappingtest.Readings(r, "hours"); !strings.HasPrefix(got, "monday_hours=closed; tuesday_hours=08:00-18:00; wednesday_hours=closed") {
		t.Errorf("readings: %s", got)
	}
	r = mapRow(t, o, []string{"Opening hours", "name"}, sheet.Cell{}, mappingtest.Text("Boston"))
	if r.Office.MondayHours.String() != "07:00-15:00" || r.Office.TuesdayHours != nil {
		t.Errorf("where the week is blank, defaults of days hold: %v", r.Office)
	}
	r = mapRow(t, o, []string{"hours"}, mappingtest.Text("Mon-Fri 22:00-02:00"))
	if got := mappingtest.Kinds(r.Problems); got != "monday_hours hours_cross_midnight" {
		t.Errorf("got %s", got)
	}
}

func TestWeekDefault(t *testing.T) {
	r := mapRow(t, Options{Defaults: withDefault("hours", "Mon-Fri 08:00-18:00")}, []string{"Monday"}, mappingtest.Text("10:00-12:00"))
	if r.Office.MondayHours.String() != "10:00-12:00" || r.Office.TuesdayHours.String() != "08:00-18:00" || r.Office.SundayHours == nil {
		t.Errorf("got %v", r.Office)
	}
}
