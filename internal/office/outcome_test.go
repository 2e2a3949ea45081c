package office

import "testing"

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
