package mapping

import (
	"strings"
	"testing"

	"officeimporter/internal/office"
	"officeimporter/internal/parse"
)

func TestHoursOfText(t *testing.T) {
	tests := []struct{ text, want string }{
		{"08:00-18:00", "08:00-18:00"},
		{"8am-6pm", "08:00-18:00"},
		{"8-6pm", "08:00-18:00"},
		{"8am-6", "08:00-18:00"},
		{"1-5pm", "ambiguous_time"},
		{"8am-10", "ambiguous_time"},
		{"9-5", "ambiguous_time"},
		{"8-12", "ambiguous_time"},
		{"9", "ambiguous_time"},
		{"9:00-5:00", "ambiguous_time"},
		{"9-17", "09:00-17:00"},
		{"9-12, 13-17", "09:00-12:00, 13:00-17:00"},
		{"8.30 bis 17.00 Uhr", "08:30-17:00"},
		{"8h30–17h", "08:30-17:00"},
		{"8h-12h", "08:00-12:00"},
		{"0800-1800", "08:00-18:00"},
		{"08:00:00-18:00:00", "08:00-18:00"},
		{"from 8 a.m. until 6 p.m.", "08:00-18:00"},
		{"12am-12pm", "00:00-12:00"},
		{"8am-12am", "08:00-24:00"},
		{"6pm to midnight", "18:00-24:00"},
		{"18:00-00:00", "18:00-24:00"},
		{"noon-6pm", "12:00-18:00"},
		{"9am - 12 noon", "09:00-12:00"},
		{"8-noon", "08:00-12:00"},
		{"noon to 6", "12:00-18:00"},
		{"6-midnight", "ambiguous_time"},
		{"18:00-12 midnight", "18:00-24:00"},
		{"midnight-6am", "00:00-06:00"},
		{"8:00-11:00", "08:00-11:00"},
		{"1:00-5:00", "ambiguous_time"},
		{"01:00-05:00", "01:00-05:00"},
		{"8:00-12:00, 1:00-5:00", "ambiguous_time"},
		{"08:00-12:00, 1:00-5:00", "08:00-12:00, 01:00-05:00"},
		{"14:00pm-18:00", "14:00-18:00"},
		{"14:00am-18:00", "bad_time"},
		{"08:00–12:00, 14:00–18:00", "08:00-12:00, 14:00-18:00"},
		{"08:00-12:00 / 14:00-18:00", "08:00-12:00, 14:00-18:00"},
		{"08:00-12:00\n14:00-18:00", "08:00-12:00, 14:00-18:00"},
		{"08:00 − 12:00 und 14:00 ~ 18:00", "08:00-12:00, 14:00-18:00"},
		{"０８：００－１８：００", "08:00-18:00"},
		{`["08:00","18:00"]`, "08:00-18:00"},
		{`[“08:00”, “18:00”]`, "08:00-18:00"},
		{`[]`, "closed"},
		{`["8","18"]`, "bad_time"},
		{`["08:00"`, "bad_time"},
		{"closed", "closed"},
		{"Geschlossen", "closed"},
		{"FERMÉ", "closed"},
		{"-", "closed"},
		{"–", "closed"},
		{"24h", "00:00-24:00"},
		{"24/7", "00:00-24:00"},
		{"08:00", "08:00"},
		{"08:00, 12:00, 14:00, 18:00", "08:00-12:00, 14:00-18:00"},
		{"08:00, 12:00-18:00, 20:00", "hours_odd_count"},
		{"08:00-12:00, 14:00", "hours_odd_count"},
		{"25:00-26:00", "bad_time"},
		{"8:60-18:00", "bad_time"},
		{"24:30-25:00", "bad_time"},
		{"0.333333-0.75", "bad_time"},
		{"07:59:59-18:00", "bad_time"},
		{"08:00-", "bad_time"},
		{"-18:00", "bad_time"},
		{"08:00--18:00", "bad_time"},
		{"08:00-12:00-18:00", "bad_time"},
		{"open late", "bad_time"},
		{"", "bad_time"},
		{"am", "bad_time"},
		{"9-May", "date_in_hours"},
		{"05.09.2026", "date_in_hours"},
		{"9/5/2026", "date_in_hours"},
	}
	for _, tt := range tests {
		h, p := hoursOfText(tt.text)
		got := h.String()
		if p != nil {
			got = string(p.Kind)
		}
		if got != tt.want {
			t.Errorf("%q: got %s (%v), want %s", tt.text, got, p, tt.want)
		}
	}
}

func TestAmbiguousHoursSuggest(t *testing.T) {
	_, p := hoursOfText("9-5")
	if p == nil || !strings.Contains(p.Suggestion, "09:00-17:00") {
		t.Errorf("got %v", p)
	}
}

func TestDayOfNumbers(t *testing.T) {
	clock := func(f float64) parse.Cell {
		return parse.Cell{Kind: parse.DateTime, Serial: f, Format: "h:mm", Raw: "x"}
	}
	tests := []struct {
		opens, closes parse.Cell
		want          string
	}{
		{clock(1.0 / 3), clock(0.75), "08:00-18:00"},
		{number("0.3333333333321207", ""), number("0.75", ""), "08:00-18:00"},
		{number("0.333", ""), clock(0.75), "bad_time"},
		{clock(46364 + 1.0/3), clock(46364.75), "08:00-18:00 date_part_ignored date_part_ignored"},
		{clock(46364), parse.Cell{}, "date_in_hours"},
		{number("8", ""), number("18", ""), "ambiguous_time"},
		{number("8.5", ""), clock(0.75), "ambiguous_time"},
		{clock(0), clock(1), "00:00-24:00 undocumented_24_00"},
		{number("800", `00\:00`), number("1800", `00\:00`), "08:00-18:00"},
		{text("08:00"), text("6 PM"), "08:00-18:00"},
		{text("8"), text("18"), "08:00-18:00"},
		{text("9"), text("5"), "ambiguous_time"},
		{text("closed"), parse.Cell{}, "closed"},
		{parse.Cell{}, text("closed"), "closed"},
		{text("closed"), text("18:00"), "bad_time"},
		{text("08:00"), parse.Cell{}, "hours_odd_count"},
		{text("08:00-12:00"), text("18:00"), "bad_time"},
		{parse.Cell{Kind: parse.Error, Raw: "#REF!"}, text("18:00"), "error_cell"},
		{parse.Cell{}, parse.Cell{}, ""},
	}
	for _, tt := range tests {
		r := mapRow(t, Options{Defaults: withDefault("hours_on", "yes")}, []string{"Mon open", "monday_close"}, tt.opens, tt.closes)
		got := mention(r.Problems, "monday_hours")
		if got == "" && r.Office.MondayHours != nil {
			got = strings.TrimSpace(r.Office.MondayHours.String() + " " + mention(r.Warnings, "monday_hours"))
		}
		if got != tt.want {
			t.Errorf("%v %v: got %q, want %q", tt.opens, tt.closes, got, tt.want)
		}
	}
}

func withDefault(field, value string) map[string]string {
	d := complete()
	d[field] = value
	return d
}

func TestWeek(t *testing.T) {
	tests := []struct{ text, want string }{
		{"Mon-Fri 08:00-18:00; Sat 09:00-13:00", "Mon-Fri 08:00-18:00; Sat 09:00-13:00; Sun closed"},
		{"Mo–Fr: 8.00 bis 18.00 Uhr", "Mon-Fri 08:00-18:00; Sat-Sun closed"},
		{"Monday to Friday 9am-5pm, Saturday 10am-2pm", "Mon-Fri 09:00-17:00; Sat 10:00-14:00; Sun closed"},
		{"Mon, Wed & Fri 08:00-12:00, 14:00-18:00; Tue and Thu closed", "Mon 08:00-12:00, 14:00-18:00; Tue closed; Wed 08:00-12:00, 14:00-18:00; Thu closed; Fri 08:00-12:00, 14:00-18:00; Sat-Sun closed"},
		{"Sat-Mon 10:00-16:00", "Mon 10:00-16:00; Tue-Fri closed; Sat-Sun 10:00-16:00"},
		{"daily 08:00-20:00", "Mon-Sun 08:00-20:00"},
		{"24/7", "Mon-Sun 00:00-24:00"},
		{"weekdays 08:00-20:00\nweekends closed", "Mon-Fri 08:00-20:00; Sat-Sun closed"},
		{"Lu 08:00-20:00", "bad_time"},
		{"08:00-18:00", "bad_time"},
		{"Mon 08:00-18:00; Mon 09:00-10:00", "bad_time"},
		{"Mon-Fri", "bad_time"},
		{"Mon-Fri 9-5", "ambiguous_time"},
		{"Mon-Fri 08:00-18:00; PH off", "bad_time"},
	}
	for _, tt := range tests {
		w, p := weekOf(tt.text)
		got := w.String()
		if p != nil {
			got = string(p.Kind)
		}
		if got != tt.want {
			t.Errorf("%q: got %s (%v), want %s", tt.text, got, p, tt.want)
		}
	}
}

func TestWeekColumn(t *testing.T) {
	o := Options{Defaults: withDefault("monday_hours", "07:00-15:00")}
	r := mapRow(t, o, []string{"Opening hours"}, text("Tue 08:00-18:00"))
	if r.Office.MondayHours == nil || len(r.Office.MondayHours) != 0 || r.Office.TuesdayHours.String() != "08:00-18:00" {
		t.Errorf("a day that isn't named must be closed: %v", r.Office)
	}
	if !strings.Contains(string(r.Body), `"sunday_hours":[]`) {
		t.Errorf("a closed day must be sent: %s", r.Body)
	}
	if got := readings(r, "hours"); !strings.HasPrefix(got, "monday_hours=closed; tuesday_hours=08:00-18:00; wednesday_hours=closed") {
		t.Errorf("readings: %s", got)
	}
	r = mapRow(t, o, []string{"Opening hours", "name"}, parse.Cell{}, text("Boston"))
	if r.Office.MondayHours.String() != "07:00-15:00" || r.Office.TuesdayHours != nil {
		t.Errorf("where the week is blank, defaults of days hold: %v", r.Office)
	}
	r = mapRow(t, o, []string{"hours"}, text("Mon-Fri 22:00-02:00"))
	if got := kinds(r.Problems); got != "monday_hours hours_cross_midnight" {
		t.Errorf("got %s", got)
	}
}

func TestWeekDefault(t *testing.T) {
	r := mapRow(t, Options{Defaults: withDefault("hours", "Mon-Fri 08:00-18:00")}, []string{"Monday"}, text("10:00-12:00"))
	if r.Office.MondayHours.String() != "10:00-12:00" || r.Office.TuesdayHours.String() != "08:00-18:00" || r.Office.SundayHours == nil {
		t.Errorf("got %v", r.Office)
	}
}

func FuzzHours(f *testing.F) {
	for _, s := range []string{"8am-6pm", "9-5", "8h30–17h", `["08:00"]`, "closed", "24h", "12 noon", "08:00-12:00, 14:00-18:00", "9-May"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		h, p := hoursOfText(s)
		if (h == nil) == (p == nil) {
			t.Fatalf("%q: hours %v and problem %v", s, h, p)
		}
		if p != nil {
			if p.Message == "" || p.Kind == "" {
				t.Fatalf("%q: empty problem", s)
			}
			return
		}
		// What is read must read the same again.
		if again, p := hoursOfText(h.String()); p != nil && office.FieldByName("monday_hours").Check(h) == nil || p == nil && again.String() != h.String() {
			t.Fatalf("%q read as %s, which reads as %v, %v", s, h, again, p)
		}
	})
}

func FuzzWeek(f *testing.F) {
	for _, s := range []string{"Mon-Fri 08:00-18:00; Sat 09:00-13:00", "daily 8am-6pm", "Mo, Di & Mi geschlossen", "Sun-Sun 24h"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w, p := weekOf(s)
		for _, h := range w {
			if p == nil && h == nil {
				t.Fatalf("%q: a day without hours: %v", s, w)
			}
		}
	})
}
