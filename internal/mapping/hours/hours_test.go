package hours

import (
	"strings"
	"testing"

	"officeimporter/internal/office"
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
		h, p := ParseDay(tt.text)
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
	_, p := ParseDay("9-5")
	if p == nil || !strings.Contains(p.Suggestion, "09:00-17:00") {
		t.Errorf("got %v", p)
	}
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
		w, p := ParseWeek(tt.text)
		got := w.String()
		if p != nil {
			got = string(p.Kind)
		}
		if got != tt.want {
			t.Errorf("%q: got %s (%v), want %s", tt.text, got, p, tt.want)
		}
	}
}

func FuzzHours(f *testing.F) {
	for _, s := range []string{"8am-6pm", "9-5", "8h30–17h", `["08:00"]`, "closed", "24h", "12 noon", "08:00-12:00, 14:00-18:00", "9-May"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		h, p := ParseDay(s)
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
		if again, p := ParseDay(h.String()); p != nil && office.FieldByName("monday_hours").Check(h) == nil || p == nil && again.String() != h.String() {
			t.Fatalf("%q read as %s, which reads as %v, %v", s, h, again, p)
		}
	})
}

func FuzzWeek(f *testing.F) {
	for _, s := range []string{"Mon-Fri 08:00-18:00; Sat 09:00-13:00", "daily 8am-6pm", "Mo, Di & Mi geschlossen", "Sun-Sun 24h"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w, p := ParseWeek(s)
		for _, h := range w {
			if p == nil && h == nil {
				t.Fatalf("%q: a day without hours: %v", s, w)
			}
		}
	})
}
