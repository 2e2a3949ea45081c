package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"officeimporter/internal/office"
	"officeimporter/internal/report/metrics"
)

// Whatever a file is called, its metrics can be written and read.
func TestMetricsOfOddNames(t *testing.T) {
	for name, want := range map[string]string{
		"caf\xe9.csv":       `file="caf` + "\ufffd" + `.csv"`,
		"a \"b\"\\c\nd.csv": `file="a \"b\"\\c\nd.csv"`,
		"":                  `file="."`,
	} {
		path := filepath.Join(t.TempDir(), "odd.prom")
		r := metrics.Run{Labels: labelsOf(name, "nowhere", "\xff"), Exit: exitDone, Rate: 1, Began: time.Unix(4, 0), Ended: time.Unix(5, 0), Companies: effortsOf(nil)}
		for range 2 { // the second reads what the first has written
			if err := metrics.Write(path, r); err != nil {
				t.Fatalf("%q: %v", name, err)
			}
		}
		text, err := os.ReadFile(path)
		if err != nil || !strings.Contains(string(text), want) || !strings.Contains(string(text), `server=""`) {
			t.Errorf("%q: no %s in\n%s", name, want, text)
		}
	}
}

// metricNames are those that the program may write, with their labels.
func metricNames(t *testing.T) map[string][]string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "all.prom")
	r := metrics.Run{Labels: labelsOf("offices.csv", "production", "17"), Rate: 1, Ended: time.Unix(1, 0),
		Companies: []metrics.Company{{Count: func(office.Outcome) int { return 0 }}}}
	if err := metrics.Write(path, r); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(f)
	if err != nil || len(families) < 10 {
		t.Fatalf("%d metrics, %v", len(families), err)
	}
	names := map[string][]string{}
	for name, f := range families {
		for _, l := range f.GetMetric()[0].GetLabel() {
			names[name] = append(names[name], l.GetName())
		}
	}
	return names
}

// lastSuccess is the one metric that outlives a run that failed.
const lastSuccess = "importer_last_success_timestamp_seconds"

// seconds is a time as Prometheus counts it.
func seconds(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }
