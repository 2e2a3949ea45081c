package main

import "testing"

func TestMaxFailures(t *testing.T) {
	for text, want := range map[string]int{"1": 1, "20": 20, "5%": 10, "100%": 200, "0": 0, "-1": 0, "101%": 0, "5 %": 0, "%": 0, "five": 0} {
		var f maxFailures
		err := f.Set(text)
		if (err == nil) != (want > 0) {
			t.Errorf("%q: %v", text, err)
		}
		if got := f.of(200); got != want {
			t.Errorf("%q of 200 rows: %d, want %d", text, got, want)
		}
	}
	small := maxFailures{number: 1, percent: true}
	if got := small.of(5); got != 1 {
		t.Errorf("1%% of 5 rows: %d, want at least 1", got)
	}
}
