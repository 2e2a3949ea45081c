// Package metrics tells in numbers how a run has ended, for the text-file collector of Prometheus.
package metrics

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"officeimporter/internal/office"
)

// Run is a run that is over.
type Run struct {
	Labels       map[string]string // of all metrics: file, server, company; valid UTF-8
	Began, Ended time.Time
	Exit         int // status; 0 is success
	Rate         int // calls a minute
	Companies    []Company
}

// Company is what a run did for one company.
type Company struct {
	Name                     string // replaces the label company, unless it is empty
	Calls, Throttled, Pauses int
	Settled                  int                      // rows that were in doubt
	Count                    func(office.Outcome) int // rows by outcome; nil: not known
}

// registry has the metrics of a run as they are now; before is when an earlier run succeeded, in seconds since 1970,
// or 0.
func (r *Run) registry(before float64) *prometheus.Registry {
	registry := prometheus.NewRegistry()
	gauge := gauges(registry, r.Labels)
	gauge("importer_last_run_timestamp_seconds", "When the last run ended.", seconds(r.Ended))
	gauge("importer_last_run_duration_seconds", "How long the last run took.", r.Ended.Sub(r.Began).Seconds())
	gauge("importer_last_run_exit_status", "Exit status of the last run: 0 all is well, 1 rows need a person, 2 nothing was sent, 3 stopped before the end, 130 interrupted.", float64(r.Exit))
	if r.Exit == 0 {
		before = seconds(r.Ended)
	}
	if before > 0 {
		gauge(lastSuccess, "When a run last ended with exit status 0.", before)
	}
	for i := range r.Companies {
		r.measure(registry, &r.Companies[i])
	}
	return registry
}

func gauges(registry *prometheus.Registry, labels prometheus.Labels) func(name, help string, value float64) {
	return func(name, help string, value float64) {
		g := prometheus.NewGauge(prometheus.GaugeOpts{Name: name, Help: help, ConstLabels: labels})
		g.Set(value)
		registry.MustRegister(g)
	}
}

// measure adds what is told of one company: limits are per company.
func (r *Run) measure(registry *prometheus.Registry, c *Company) {
	labels := prometheus.Labels(maps.Clone(r.Labels))
	if c.Name != "" {
		labels["company"] = c.Name
	}
	gauge := gauges(registry, labels)
	gauge("importer_last_run_calls", "Calls of the last run, those for lists too.", float64(c.Calls))
	gauge("importer_last_run_throttled", "Calls of the last run that were answered 429.", float64(c.Throttled))
	gauge("importer_last_run_pauses", "How often the last run paused all calls.", float64(c.Pauses))
	gauge("importer_last_run_settled", "Rows in doubt that the last run settled.", float64(c.Settled))
	gauge("importer_last_run_limit_used_ratio", "Calls of the last run, of those that its limit allowed in its time, or in a minute where it was shorter.", r.limitUsed(c.Calls))
	if c.Count != nil {
		registry.MustRegister(rowsOf(labels, c.Count))
	}
}

// rowsOf has how many rows have each status.
func rowsOf(labels prometheus.Labels, count func(office.Outcome) int) prometheus.Collector {
	rows := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "importer_rows", Help: "Rows of the file after the last run, by status.", ConstLabels: labels}, []string{"status"})
	for _, o := range office.Outcomes() {
		rows.WithLabelValues(o.String()).Set(float64(count(o)))
	}
	return rows
}

// limitUsed is a share; the limit is one for a minute, so a shorter run can't have used all of it.
func (r *Run) limitUsed(calls int) float64 {
	return float64(calls) / (float64(r.Rate) * max(1, r.Ended.Sub(r.Began).Minutes()))
}

// seconds is a time as Prometheus counts it.
func seconds(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }

// lastSuccess is the one metric that outlives a run that failed.
const lastSuccess = "importer_last_success_timestamp_seconds"

// Write writes the metrics of a run into the file, in place of those of an earlier one. The error may be of the
// earlier one alone: then the time of the last success is lost, and the rest is written.
func Write(path string, r Run) error {
	before, lost := carried(path, r.Labels)
	if lost != nil {
		lost = fmt.Errorf("the time of the last success is lost: %w", lost)
	}
	return errors.Join(lost, prometheus.WriteToTextfile(path, r.registry(before)))
}

// carried is the last success that an earlier run with the same labels has left, in seconds since 1970; 0 where there
// is none.
func carried(path string, labels prometheus.Labels) (float64, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	defer func() { _ = f.Close() }()
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(f)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", path, err)
	}
	for _, m := range families[lastSuccess].GetMetric() {
		same := true
		for _, l := range m.GetLabel() {
			same = same && labels[l.GetName()] == l.GetValue()
		}
		if same {
			return m.GetGauge().GetValue(), nil
		}
	}
	return 0, nil
}
