package metrics

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"officeimporter/internal/office"
)

// measured is what a run writes after another one, as text.
func measured(t *testing.T, path string, r Run) string {
	t.Helper()
	if err := Write(path, r); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func wantLine(t *testing.T, text, line string, want bool) {
	t.Helper()
	if strings.Contains("\n"+text, "\n"+line+"\n") != want {
		t.Errorf("a line %q: %v, want %v, in\n%s", line, !want, want, text)
	}
}

func TestMetrics(t *testing.T) {
	p := filepath.Join(t.TempDir(), "importer.prom")
	began := time.UnixMilli(1_790_000_000_500)
	none := func(office.Outcome) int { return 0 }
	r := Run{Labels: map[string]string{"file": "offices.csv", "server": "production", "company": "17"}, Began: began, Ended: began.Add(2 * time.Minute),
		Rate: 1200, Companies: []Company{{Calls: 600, Throttled: 3, Pauses: 2, Settled: 4, Count: none}}}
	const labels = `{company="17",file="offices.csv",server="production"} `
	text := measured(t, p, r)
	for _, line := range []string{
		"importer_last_run_timestamp_seconds" + labels + "1.7900001205e+09",
		"importer_last_success_timestamp_seconds" + labels + "1.7900001205e+09",
		"importer_last_run_duration_seconds" + labels + "120",
		"importer_last_run_exit_status" + labels + "0",
		"importer_last_run_calls" + labels + "600",
		"importer_last_run_throttled" + labels + "3",
		"importer_last_run_pauses" + labels + "2",
		"importer_last_run_settled" + labels + "4",
		"importer_last_run_limit_used_ratio" + labels + "0.25",
		`importer_rows{company="17",file="offices.csv",server="production",status="unknown"} 0`,
	} {
		wantLine(t, text, line, true)
	}
	info, err := os.Stat(p)
	if err != nil || info.Mode().Perm()&0o044 != 0o044 {
		t.Errorf("the collector, another user, can't read it: %v, %v", info.Mode(), err)
	}

	r.Began, r.Ended, r.Exit = r.Began.Add(24*time.Hour), r.Ended.Add(24*time.Hour), 3
	text = measured(t, p, r)
	wantLine(t, text, "importer_last_run_exit_status"+labels+"3", true)
	wantLine(t, text, "importer_last_success_timestamp_seconds"+labels+"1.7900001205e+09", true)

	r.Labels["company"] = "18"
	if text = measured(t, p, r); strings.Contains(text, lastSuccess) {
		t.Errorf("another company's success was carried over:\n%s", text)
	}
}

// A run of less than a minute can't use more than a minute's calls.
func TestLimitUsed(t *testing.T) {
	for _, test := range []struct {
		calls, rate int
		took        time.Duration
		want        float64
	}{
		{0, 1200, time.Second, 0},
		{3, 1200, 100 * time.Millisecond, 0.0025},
		{1200, 1200, time.Minute, 1},
		{300, 600, time.Minute, 0.5},
		{300, 600, 2 * time.Minute, 0.25},
	} {
		r := Run{Rate: test.rate, Ended: time.Unix(0, 0).Add(test.took), Began: time.Unix(0, 0)}
		if got := r.limitUsed(test.calls); got != test.want {
			t.Errorf("%d calls in %s at %d a minute: %g, want %g", test.calls, test.took, test.rate, got, test.want)
		}
	}
}
