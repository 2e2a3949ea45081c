package locale_test

import (
	"testing"

	"officeimporter/internal/locale"
)

func TestPhone(t *testing.T) {
	ok := func(e164 string) locale.PhoneNumber {
		return locale.PhoneNumber{Verdict: locale.PhoneOK, E164: e164}
	}
	assumed := func(e164 string) locale.PhoneNumber {
		return locale.PhoneNumber{Verdict: locale.PhoneOK, E164: e164, Assumed: true}
	}
	refused := func(verdict locale.PhoneVerdict) locale.PhoneNumber {
		return locale.PhoneNumber{Verdict: verdict}
	}
	tests := []struct {
		in, region string
		want       locale.PhoneNumber
	}{
		{"+14155550100", "", ok("+14155550100")},
		{"+14155550100", "GB", ok("+14155550100")},
		{"'+14155550100", "US", ok("+14155550100")},
		{"+1 415\u2011555\u20110100", "US", ok("+14155550100")},
		{"\u200e+1\u00a0415\u00a0555\u00a00100", "US", ok("+14155550100")},
		{"14155550100", "US", ok("+14155550100")},
		{"tel:+1-415-555-0100", "", ok("+14155550100")},
		{"Tel: +49 30 901820", "", ok("+4930901820")},
		{"(415) 555-0100", "US", assumed("+14155550100")},
		{"415.555.0100", "US", assumed("+14155550100")},
		{"\uff14\uff11\uff15\uff15\uff15\uff15\uff10\uff11\uff10\uff10", "US", assumed("+14155550100")},
		{"2079460000", "GB", assumed("+442079460000")},
		{"020 7946 0000", "GB", assumed("+442079460000")},
		{"+44 (0)20 7946 0000", "", ok("+442079460000")},
		{"+4402079460000", "", ok("+442079460000")}, // the national prefix must go
		{"+49030901820", "", ok("+4930901820")},     // this one too, although its length is possible
		{"+390669821234", "", ok("+390669821234")},  // this zero is part of the number
		{"011 44 20 7946 0000", "US", ok("+442079460000")},
		{"0011 61 2 9374 4000", "AU", ok("+61293744000")},
		{"1-800-FLOWERS", "US", ok("+18003569377")},
		{"+1 (555) 555-5555", "", locale.PhoneNumber{Verdict: locale.PhoneDoubtful, E164: "+15555555555"}},
		{"+1 415 555 0100 ext. 7", "", locale.PhoneNumber{Verdict: locale.PhoneOK, E164: "+14155550100", Extension: "7"}},
		{"1-415-555-0100x12", "US", locale.PhoneNumber{Verdict: locale.PhoneOK, E164: "+14155550100", Extension: "12"}},

		{"1.41556E+10", "US", refused(locale.PhonePrecisionLost)},
		{"4.155552671E9", "US", refused(locale.PhonePrecisionLost)},
		{"1,41556E+10", "US", refused(locale.PhonePrecisionLost)},
		{"1E+10", "US", refused(locale.PhonePrecisionLost)},
		{"4155552671.0", "US", refused(locale.PhonePrecisionLost)},
		{"555-2671", "US", locale.PhoneNumber{Verdict: locale.PhoneTooShort, Assumed: true}},
		{"+1415555010", "US", refused(locale.PhoneTooShort)},
		{"+141555501000", "US", refused(locale.PhoneTooLong)},
		{"415 555 0100 / 415 555 0101", "US", refused(locale.PhoneTooLong)},
		{"4155550100", "", refused(locale.PhoneNoCountry)},
		{"4155550100", "XX", refused(locale.PhoneNoCountry)},
		{"+99912345678", "US", refused(locale.PhoneNotNumber)},
		{"415-555-0100; 415-555-0101", "US", refused(locale.PhoneNotNumber)},
		{"room 12 4155550100", "US", refused(locale.PhoneNotNumber)},
		{"N/A", "US", refused(locale.PhoneNotNumber)},
		{"+", "US", refused(locale.PhoneNotNumber)},
		{"", "US", refused(locale.PhoneNotNumber)},
		{"'", "", refused(locale.PhoneNotNumber)},
	}
	for _, tt := range tests {
		if got := locale.Phone(tt.in, tt.region); got != tt.want {
			t.Errorf("Phone(%q, %q) = %+v, want %+v", tt.in, tt.region, got, tt.want)
		}
	}
}

// The shortcut for E.164 must agree with the full parser.
func TestPhoneShortCutAgrees(t *testing.T) {
	for _, number := range []string{"+14155550100", "+442079460000", "+4930901820", "+33142685300",
		"+61293744000", "+6493660000", "+81335715000", "+551130001000", "+35315550100", "+7 4952345678"} {
		clean := locale.Phone(number, "")
		if full := locale.Phone(number[:3]+" "+number[3:], ""); clean != full {
			t.Errorf("Phone(%q) = %+v, and with a space in it %+v", number, clean, full)
		}
	}
}

func FuzzPhone(f *testing.F) {
	f.Add("+1 415 555 0100 ext. 7", "US")
	f.Add("'", "")
	f.Add("+", "GB")
	f.Fuzz(func(t *testing.T, text, region string) {
		p := locale.Phone(text, region)
		sendable := p.Verdict == locale.PhoneOK || p.Verdict == locale.PhoneDoubtful
		if sendable != (p.E164 != "") {
			t.Fatalf("Phone(%q, %q) = %+v", text, region, p)
		}
		if !sendable {
			return
		}
		if len(p.E164) < 4 || p.E164[0] != '+' {
			t.Errorf("Phone(%q, %q) = %+v", text, region, p)
		}
	})
}
