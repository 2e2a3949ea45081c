package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"officeimporter/internal/report"
	"officeimporter/internal/submit/limit"
)

// measured is what a run writes after another one, as text.
func measured(t *testing.T, p promFile, r lastRun) string {
	t.Helper()
	var said strings.Builder
	p.measure(newConsole(nil, io.Discard, &said).say, r)
	if said.Len() > 0 {
		t.Fatal(said.String())
	}
	text, err := os.ReadFile(string(p))
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
	p := promFile(filepath.Join(t.TempDir(), "importer.prom"))
	began := time.UnixMilli(1_790_000_000_500)
	r := lastRun{labels: labelsOf("folder/offices.csv", "production", "17"), began: began, ended: began.Add(2 * time.Minute),
		exit: exitDone, rate: 1200, summary: new(report.Summary), efforts: map[string]effort{"": {limit.Traffic{Calls: 600, Throttled: 3, Pauses: 2}, 4}}}
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
	info, err := os.Stat(string(p))
	if err != nil || info.Mode().Perm()&0o044 != 0o044 {
		t.Errorf("the collector, another user, can't read it: %v, %v", info.Mode(), err)
	}

	r.began, r.ended, r.exit = r.began.Add(24*time.Hour), r.ended.Add(24*time.Hour), exitStopped
	text = measured(t, p, r)
	wantLine(t, text, "importer_last_run_exit_status"+labels+"3", true)
	wantLine(t, text, "importer_last_success_timestamp_seconds"+labels+"1.7900001205e+09", true)

	r.labels = labelsOf("folder/offices.csv", "production", "18")
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
		r := lastRun{rate: test.rate, ended: time.Unix(0, 0).Add(test.took), began: time.Unix(0, 0)}
		if got := r.limitUsed(effort{Traffic: limit.Traffic{Calls: test.calls}}); got != test.want {
			t.Errorf("%d calls in %s at %d a minute: %g, want %g", test.calls, test.took, test.rate, got, test.want)
		}
	}
}

// Whatever a file is called, its metrics can be written and read.
func TestMetricsOfOddNames(t *testing.T) {
	for name, want := range map[string]string{
		"caf\xe9.csv":       `file="caf` + "\ufffd" + `.csv"`,
		"a \"b\"\\c\nd.csv": `file="a \"b\"\\c\nd.csv"`,
		"":                  `file="."`,
	} {
		p := promFile(filepath.Join(t.TempDir(), "odd.prom"))
		r := lastRun{labels: labelsOf(name, "nowhere", "\xff"), exit: exitDone, rate: 1, ended: time.Unix(5, 0), began: time.Unix(4, 0)}
		if text := measured(t, p, r); !strings.Contains(text, want) || !strings.Contains(text, `server=""`) {
			t.Errorf("%q: no %s in\n%s", name, want, text)
		}
		if before, err := p.carried(r.labels); before != 5 || err != nil {
			t.Errorf("%q: the success at 5 is read back as %g, %v", name, before, err)
		}
	}
}

// metricNames are those that the program may write, with their labels.
func metricNames(t *testing.T) map[string][]string {
	t.Helper()
	r := lastRun{labels: labelsOf("offices.csv", "production", "17"), ended: time.Unix(1, 0), rate: 1, summary: new(report.Summary)}
	families, err := prometheus.Gatherers{r.registry()}.Gather()
	if err != nil || len(families) < 10 {
		t.Fatalf("%d metrics, %v", len(families), err)
	}
	names := map[string][]string{}
	for _, f := range families {
		for _, l := range f.GetMetric()[0].GetLabel() {
			names[f.GetName()] = append(names[f.GetName()], l.GetName())
		}
	}
	return names
}
