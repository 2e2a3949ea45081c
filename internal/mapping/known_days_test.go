package mapping

import (
	"fmt"
	"testing"

	"officeimporter/internal/office"
	"officeimporter/internal/parse"
)

// TestKnownDays reads cells one after the other as one worker does: what it
// remembers must change nothing, and a problem is told of every cell.
func TestKnownDays(t *testing.T) {
	d := &draft{plan: &Plan{mapping: &Mapping{}}}
	monday := office.FieldByName("monday_hours")
	for _, raw := range []string{"8am-6pm", "closed", "08:00-18:00", "8am-6pm", "bogus", "closed", "bogus", "08:00-18:00", "08:00-24:00"} {
		used, fresh := readWith(d, monday, raw), readWith(&draft{plan: d.plan}, monday, raw)
		if used != fresh {
			t.Errorf("%q: %s, but %s by itself", raw, used, fresh)
		}
	}
	if _, known := d.days["bogus"]; known || len(d.days) != 4 {
		t.Errorf("remembers %v", d.days)
	}
}

func readWith(d *draft, f *office.Field, raw string) string {
	d.problems = nil
	value, rule := readDay(d.enter(f, parse.Cell{Kind: parse.Text, Raw: raw}, "Monday"))
	return fmt.Sprintf("%v %q %v", value, rule, d.problems)
}

func TestKnownDaysAreFew(t *testing.T) {
	var days knownDays
	for i := range 2 * maxKnownDays {
		days.add(fmt.Sprint(i), knownDay{value: office.Closed()})
	}
	if len(days) != maxKnownDays {
		t.Errorf("%d texts are remembered", len(days))
	}
}
