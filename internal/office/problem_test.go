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
