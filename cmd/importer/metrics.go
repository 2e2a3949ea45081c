package main

import (
	"maps"
	"path/filepath"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/submit/limit"
)

// lastRun is what metrics tell of a run.
type lastRun struct {
	labels       prometheus.Labels // file, server, company
	began, ended time.Time
	exit         int
	rate         int               // calls a minute
	summary      *report.Summary   // nil: there is none
	efforts      map[string]effort // by company
	before       float64           // when an earlier run succeeded, in seconds since 1970; 0: none is known of
}

// effort is what a run took.
type effort struct {
	limit.Traffic
	settled int // rows that were in doubt
}

// labelsOf tell the runs of one host apart. They are UTF-8, as they must be.
func labelsOf(file, server, company string) prometheus.Labels {
	labels := prometheus.Labels{"file": filepath.Base(file), "server": "", "company": company}
	if to, err := parseServer(server); err == nil { // what is no server may be a secret in the wrong place
		labels["server"] = to.label
	}
	for name, value := range labels {
		labels[name] = strings.ToValidUTF8(value, "\ufffd")
	}
	return labels
}

// registry has the metrics of a run as they are now.
func (r *lastRun) registry() *prometheus.Registry {
	registry := prometheus.NewRegistry()
	gauge := gauges(registry, r.labels)
	gauge("importer_last_run_timestamp_seconds", "When the last run ended.", seconds(r.ended))
	gauge("importer_last_run_duration_seconds", "How long the last run took.", r.ended.Sub(r.began).Seconds())
	gauge("importer_last_run_exit_status", "Exit status of the last run: 0 all is well, 1 rows need a person, 2 nothing was sent, 3 stopped before the end, 130 interrupted.", float64(r.exit))
	if success := r.succeeded(); success > 0 {
		gauge(lastSuccess, "When a run last ended with exit status 0.", success)
	}
	if r.summary == nil || r.summary.Companies == nil {
		r.measure(registry, r.labels, r.efforts[r.only()], r.count)
		return registry
	}
	for _, c := range r.summary.Companies {
		labels := maps.Clone(r.labels)
		labels["company"] = c.Company
		r.measure(registry, labels, r.efforts[c.Company], c.Count)
	}
	return registry
}

// only is the company of a run that has one; it may be named by a mapping file.
func (r *lastRun) only() string {
	if r.summary == nil {
		return ""
	}
	return r.summary.Company
}

// count is how many rows have an outcome.
func (r *lastRun) count(o office.Outcome) int { return r.summary.Count(o) }

func gauges(registry *prometheus.Registry, labels prometheus.Labels) func(name, help string, value float64) {
	return func(name, help string, value float64) {
		g := prometheus.NewGauge(prometheus.GaugeOpts{Name: name, Help: help, ConstLabels: labels})
		g.Set(value)
		registry.MustRegister(g)
	}
}

// measure adds what is told of one company: limits are per company.
func (r *lastRun) measure(registry *prometheus.Registry, labels prometheus.Labels, e effort, count func(office.Outcome) int) {
	gauge := gauges(registry, labels)
	gauge("importer_last_run_calls", "Calls of the last run, those for lists too.", float64(e.Calls))
	gauge("importer_last_run_throttled", "Calls of the last run that were answered 429.", float64(e.Throttled))
	gauge("importer_last_run_pauses", "How often the last run paused all calls.", float64(e.Pauses))
	gauge("importer_last_run_settled", "Rows in doubt that the last run settled.", float64(e.settled))
	gauge("importer_last_run_limit_used_ratio", "Calls of the last run, of those that its limit allowed in its time, or in a minute where it was shorter.", r.limitUsed(e))
	if r.summary != nil {
		registry.MustRegister(rowsOf(labels, count))
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

// limitUsed is a share; the limit is one for a minute, so a shorter run can't
// have used all of it.
func (r *lastRun) limitUsed(e effort) float64 {
	return float64(e.Calls) / (float64(r.rate) * max(1, r.ended.Sub(r.began).Minutes()))
}

// succeeded is when a run last did, in seconds since 1970; 0: none is known of.
func (r *lastRun) succeeded() float64 {
	if r.exit == exitDone {
		return seconds(r.ended)
	}
	return r.before
}

// seconds is a time as Prometheus counts it.
func seconds(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }
