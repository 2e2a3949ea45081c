package sheet

import (
	"testing"
)

func TestShown(t *testing.T) {
	tests := []struct {
		cell Cell
		want string
	}{
		{Cell{Kind: Number, Raw: "2134", Format: "00000"}, "02134"},
		{Cell{Kind: Number, Raw: "2134.0", Format: "00000"}, "02134"},
		{Cell{Kind: Number, Raw: "21341234", Format: `00000\-0000`}, "02134-1234"},
		{Cell{Kind: Number, Raw: "21341234", Format: "00000-0000"}, "02134-1234"},
		{Cell{Kind: Number, Raw: "2134", Format: "[$-409]00000"}, "02134"},
		{Cell{Kind: Number, Raw: "2134", Format: "00000;@"}, "02134"},
		{Cell{Kind: Number, Raw: "0", Format: `00000;-00000;"none"`}, "0"},
		{Cell{Kind: Number, Raw: "7", Format: `"D-"00000`}, "D-00007"},
		{Cell{Kind: Number, Raw: "800", Format: `00\:00`}, "08:00"},
		{Cell{Kind: Number, Raw: "123456789", Format: "00000"}, "123456789"},
		{Cell{Kind: Number, Raw: "1234567890", Format: "00000-0000"}, "123456-7890"},
		{Cell{Kind: Number, Raw: "30", Format: "[<10]000;00000"}, "30"},
		{Cell{Kind: Number, Raw: "30", Format: "0"}, "30"},
		{Cell{Kind: Number, Raw: "0", Format: "0"}, "0"},
		{Cell{Kind: Number, Raw: "0"}, "0"},
		{Cell{Kind: Number, Raw: "30.0"}, "30"},
		{Cell{Kind: Number, Raw: "3.0E1", Format: "0.00"}, "30"},
		{Cell{Kind: Number, Raw: "2.134E+03", Format: "00000"}, "02134"},
		{Cell{Kind: Number, Raw: "29.6", Format: "0"}, "29.6"},
		{Cell{Kind: Number, Raw: "29.999999999999996", Format: "0"}, "29.999999999999996"},
		{Cell{Kind: Number, Raw: "-5", Format: "00000"}, "-5"},
		{Cell{Kind: Number, Raw: "6.01234567890124E+18", Format: "0"}, "6.01234567890124E+18"},
		{Cell{Kind: Number, Raw: "1E14", Format: "0"}, "100000000000000"},
		{Cell{Kind: Number, Raw: "1E15", Format: "0"}, "1E15"},
		{Cell{Kind: Number, Raw: "6012345678901234567", Format: "0"}, "6012345678901234567"},
		{Cell{Kind: Number, Raw: "30", Format: "0%"}, "30"},
		{Cell{Kind: Number, Raw: "30", Format: ";;;"}, "30"},
		{Cell{Kind: DateTime, Raw: "46151", Serial: 46151}, "2026-05-09"},
		{Cell{Kind: DateTime, Raw: "0.3541666667", Serial: 0.3541666667}, "08:30"},
		{Cell{Kind: DateTime, Raw: "0.3333333333321207", Serial: 0.3333333333321207}, "08:00"},
		{Cell{Kind: DateTime, Raw: "46151.354166666664", Serial: 46151.354166666664}, "2026-05-09 08:30"},
		{Cell{Kind: DateTime, Raw: "x", Serial: 30.0 / secondsOfDay}, "00:00:30"},
		{Cell{Kind: DateTime, Raw: "0.33333", Serial: 0.33333}, "0.33333"},
		{Cell{Kind: DateTime, Raw: "0.99999999", Serial: 0.999999999999}, "0.99999999"},
		{Cell{Kind: DateTime, Raw: "1", Serial: 1, Format: "[h]:mm"}, "24:00"},
		{Cell{Kind: DateTime, Raw: "0", Serial: 0, Format: "h:mm"}, "00:00"},
		{Cell{Kind: DateTime, Raw: "60", Serial: 60}, "60"},
		{Cell{Kind: DateTime, Raw: "61", Serial: 61}, "1900-03-01"},
		{Cell{Kind: DateTime, Raw: "-1", Serial: -1}, "-1"},
		{Cell{Kind: DateTime, Raw: "1E300", Serial: 1e300}, "1E300"},
		{Cell{Kind: Text, Raw: "2134"}, "2134"},
		{Cell{Kind: Bool, Raw: "TRUE"}, "TRUE"},
		{Cell{}, ""},
	}
	for _, tt := range tests {
		if got := tt.cell.Shown(); got != tt.want {
			t.Errorf("%+v is shown %q, want %q", tt.cell, got, tt.want)
		}
	}
}

func TestClassify(t *testing.T) {
	tests := map[string]struct{ isTime, hasDate bool }{
		"": {}, "General": {}, "0": {}, "00000": {}, "0.00E+00": {}, "##0.0E-0": {}, "@": {}, "0%": {},
		"[Red]0": {}, "[$€-407] #,##0.00": {}, `0 "sec"`: {}, `0\h`: {}, `00\:00`: {}, `_(* #,##0_)`: {},
		`[<=9999999]###\-####;\(###\)\ ###\-####`: {}, "General;[Red]-General": {},
		"h:mm": {true, false}, "[h]:mm": {true, false}, "mm:ss.0": {true, false}, "[mm]": {true, false},
		"h:mm AM/PM": {true, false}, "[$-F400]h:mm:ss AM/PM": {true, false}, "HH:MM": {true, false},
		"m/d/yyyy": {true, true}, "d-mmm": {true, true}, "mmm": {true, true}, "[$-409]m/d/yy h:mm;@": {true, true},
		`yyyy"年"m"月"`: {true, true}, "[$-411]ge.m.d": {true, true}, `"unclosed h`: {}, "[unclosed h": {},
	}
	for code, want := range tests {
		isTime, hasDate := classify(code)
		if isTime != want.isTime || hasDate != want.hasDate {
			t.Errorf("classify(%q) = %v, %v; want %v", code, isTime, hasDate, want)
		}
	}
}
