package html

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBars(t *testing.T) {
	counts := map[string]int{"US": 200, "CA": 50, "": 1}
	if diff := cmp.Diff([]bar{{Name: "US", Count: 200, Width: 100}, {Name: "CA", Count: 50, Width: 25}, {Count: 1, Width: 1}}, bars(counts)); diff != "" {
		t.Error(diff)
	}
	for i := range maxBars + 2 {
		counts[string(rune('a'+i))] = 10
	}
	list := bars(counts)
	if last := list[len(list)-1]; len(list) != maxBars+1 || last != (bar{Count: 41, Width: 20, Rest: 5}) {
		t.Errorf("%d bars, the last is %+v", len(list), last)
	}
}
