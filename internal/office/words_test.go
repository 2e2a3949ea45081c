package office

import "testing"

func TestProblemString(t *testing.T) {
	tests := map[string]Problem{
		`column "Zip": "4101" has 4 digits; was a zero lost?`: {Row: 14, Field: "x", Column: "Zip", Message: `"4101" has 4 digits`, Suggestion: "was a zero lost?"},
		`billing_address.city: is empty`:                      {Field: "billing_address.city", Message: "is empty"},
		`is hidden`:                                           {Row: 2, Message: "is hidden"},
	}
	for want, p := range tests {
		if got := p.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestInputError(t *testing.T) {
	e := &InputError{File: "a.csv", Unit: "line", Problems: []Problem{{Message: "is empty"}, {Row: 3, Message: "ends too soon"}}}
	if got := e.Error(); got != "a.csv: is empty\na.csv: line 3: ends too soon" {
		t.Errorf("got %s", got)
	}
}

func TestOutcomeText(t *testing.T) {
	if len(Outcomes()) != int(outcomes) {
		t.Errorf("%d outcomes are counted, there are %d", len(Outcomes()), outcomes)
	}
	for _, o := range Outcomes() {
		text, err := o.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var again Outcome
		if err := again.UnmarshalText(text); err != nil || again != o {
			t.Errorf("%s read as %s, %v", text, again, err)
		}
	}
	if _, err := outcomes.MarshalText(); err == nil {
		t.Error("an outcome that isn't one was written")
	}
	var o Outcome
	if err := o.UnmarshalText([]byte("Created")); err == nil {
		t.Error("outcomes are written in lower case")
	}
}

func TestHoursString(t *testing.T) {
	tests := map[string]Hours{"closed": Closed(), "08:00-18:00": {"08:00", "18:00"}, "08:00-12:00, 14:00-18:00": {"08:00", "12:00", "14:00", "18:00"}}
	for want, h := range tests {
		if got := h.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
