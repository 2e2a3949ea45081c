package report

import (
	"testing"
	"time"

	"officeimporter/internal/office"
)

func summaryOf(verb string, counts map[office.Outcome]int) *Summary {
	s := &Summary{Verb: verb, Rate: 1200}
	for o, n := range counts {
		for range n {
			s.Add(office.Result{Outcome: o})
		}
		s.Read += n
	}
	return s
}

func TestVerdict(t *testing.T) {
	type counts = map[office.Outcome]int
	for _, tt := range []struct {
		verb    string
		counts  counts
		stopped string
		want    string
		tone    string
	}{
		{"check", counts{office.Ready: 42}, "", "42 offices are ready to be created.", "calm"},
		{"check", counts{office.Ready: 42, office.Invalid: 3}, "", "42 offices are ready to be created; 3 rows need a person first.", "care"},
		{"check", counts{office.Ready: 1, office.Exists: 1, office.Invalid: 1}, "", "1 office is ready to be created; 1 row is an office already; 1 row needs a person first.", "care"},
		{"check", counts{office.Ready: 1204, office.Created: 2}, "", "1,204 offices are ready to be created; 2 rows are offices already.", "calm"},
		{"check", counts{office.Invalid: 3}, "", "No office is ready to be created; 3 rows need a person first.", "care"},
		{"check", counts{office.Exists: 2}, "", "All 2 rows are offices already: there is nothing to create.", "calm"},
		{"check", counts{office.Ready: 2, office.Unknown: 1}, "", "2 offices are ready to be created; 1 row needs a person first.", "alarm"},
		{"check", counts{}, "", "The file has no rows.", "calm"},
		{"run", counts{office.Created: 40, office.Exists: 2}, "", "All 42 rows are offices.", "calm"},
		{"run", counts{office.Created: 1}, "", "The only row is an office.", "calm"},
		{"run", counts{office.Created: 38, office.Unknown: 2}, "", "38 created, 2 unknown: look at them before anything else.", "alarm"},
		{"run", counts{office.Created: 38, office.Unknown: 1}, "", "38 created, 1 unknown: look at it before anything else.", "alarm"},
		{"run", counts{office.Created: 5, office.Pending: 37}, "the key was refused", "Stopped before the end: 5 created, 37 not sent yet.", "alarm"},
		{"run", counts{office.Created: 30, office.Exists: 1, office.Invalid: 2, office.Refused: 3}, "", "30 created, 1 there before, 2 invalid, 3 refused.", "care"},
		{"rehearse", counts{office.Created: 42}, "", "Rehearsal: all 42 rows are offices.", "calm"},
		{"report", counts{office.Pending: 42}, "", "42 not sent yet.", "care"},
	} {
		s := summaryOf(tt.verb, tt.counts)
		s.Stopped = tt.stopped
		if got := s.Verdict(); got != tt.want || s.Tone() != tt.tone {
			t.Errorf("%s of %v: %s (%s), want %s (%s)", tt.verb, tt.counts, got, s.Tone(), tt.want, tt.tone)
		}
	}
}

func TestVerdictOfLostRows(t *testing.T) {
	s := summaryOf("check", map[office.Outcome]int{office.Ready: 2})
	s.Read = 3
	const want = "Don't trust this report: the counts don't add up: 3 rows were read, 2 are in the report; please report this fault, and trust the journal alone."
	if got := s.Verdict(); got != want || s.Tone() != "alarm" {
		t.Errorf("got %s (%s)", got, s.Tone())
	}
}

func TestStake(t *testing.T) {
	const warning = ". An office costs money and can't be deleted through the API."
	for want, s := range map[string]*Summary{
		"A run creates 1 office and takes about 1 s at 1,200 calls a minute" + warning:              summaryOf("check", map[office.Outcome]int{office.Ready: 1, office.Invalid: 9}),
		"A run creates up to 2,400 offices and takes about 2 min at 1,200 calls a minute" + warning: summaryOf("run", map[office.Outcome]int{office.Pending: 2399, office.Unknown: 1}),
		"": summaryOf("run", map[office.Outcome]int{office.Created: 9}),
	} {
		if got := s.Exposure(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestSpell(t *testing.T) {
	for d, want := range map[time.Duration]string{0: "1 s", 2600 * time.Millisecond: "3 s", 59 * time.Second: "59 s", 61 * time.Second: "1 min",
		59*time.Minute + 50*time.Second: "60 min", time.Hour + 5*time.Minute: "1 h 05 min"} {
		if got := Spell(d); got != want {
			t.Errorf("%s is %q, want %q", d, got, want)
		}
	}
}
