package office

import "testing"

func TestHoursString(t *testing.T) {
	tests := map[string]Hours{"closed": Closed(), "08:00-18:00": {"08:00", "18:00"}, "08:00-12:00, 14:00-18:00": {"08:00", "12:00", "14:00", "18:00"}}
	for want, h := range tests {
		if got := h.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
