package near

import (
	"testing"
)

func TestIsNear(t *testing.T) {
	alike := [][2]string{{"ringsecond", "ringseconds"}, {"mainlinenuber", "mainlinenumber"}, {"cuontry", "country"}, {"names", "namess"}}
	far := [][2]string{{"site", "suite"}, {"status", "state"}, {"holidayhours", "mondayhours"}, {"name", "name"}, {"", ""}, {"zip", "vip"}}
	for _, p := range alike {
		if !NewWord(p[0], Slip).Like(p[1]) {
			t.Errorf("%q and %q should be near", p[0], p[1])
		}
	}
	for _, p := range far {
		if NewWord(p[0], Slip).Like(p[1]) {
			t.Errorf("%q and %q should not be near", p[0], p[1])
		}
	}
}
