package main

import (
	"errors"
	"path/filepath"
	"strings"
	"time"

	"officeimporter/internal/importer"
	"officeimporter/internal/office"
	"officeimporter/internal/report/metrics"
)

// promFile is --metrics: a file for the text-file collector of Prometheus.
type promFile string

// Set refuses names that no collector would read. They may be a typing mistake that would overwrite a file worth more
// than metrics.
func (p *promFile) Set(text string) error {
	if filepath.Ext(text) != ".prom" {
		return errors.New("the text-file collector reads names that end in .prom alone")
	}
	*p = promFile(text)
	return nil
}

func (p *promFile) String() string { return string(*p) }

// Type is what help calls the value.
func (p *promFile) Type() string { return "FILE.prom" }

// measure writes the metrics of a run. If that fails, it only warns: the exit status is about the run.
func (p promFile) measure(log *logger, r metrics.Run) {
	if p == "" {
		return
	}
	if err := metrics.Write(string(p), r); err != nil {
		log.Warn("--metrics: " + err.Error())
	}
}

// measured returns what metrics tell about a run that has ended.
func (o *runOptions) measured(path string, began time.Time, ended error) metrics.Run {
	return metrics.Run{Labels: labelsOf(path, o.target.server, o.input.input.Company), Began: began, Ended: time.Now(),
		Exit: exitStatus(ended), Rate: o.target.rate, Companies: effortsOf(o.result)}
}

// labelsOf returns the labels that tell the runs of one host apart. Prometheus demands valid UTF-8.
func labelsOf(path, server, company string) map[string]string {
	labels := map[string]string{"file": filepath.Base(path), "server": "", "company": company}
	if to, err := importer.ParseServer(server); err == nil { // anything else may be a secret in the wrong place
		labels["server"] = to.Label
	}
	for name, value := range labels {
		labels[name] = strings.ToValidUTF8(value, "\ufffd")
	}
	return labels
}

// effortsOf returns what a run did for each company. For a run that sent nothing it is one empty entry.
func effortsOf(r *importer.Result) []metrics.Company {
	switch {
	case r == nil:
		return []metrics.Company{{}}
	case r.Summary == nil: // there is no report
		return []metrics.Company{effortOf("", r.Effort[""], nil)}
	case r.Companies == nil: // one company, which the mapping file may name
		return []metrics.Company{effortOf("", r.Effort[r.Company], r.Count)}
	}
	var all []metrics.Company
	for _, c := range r.Companies {
		all = append(all, effortOf(c.Company, r.Effort[c.Company], c.Count))
	}
	return all
}

func effortOf(company string, e importer.Effort, count func(office.Outcome) int) metrics.Company {
	return metrics.Company{Name: company, Calls: e.Calls, Throttled: e.Throttled, Pauses: e.Pauses, Settled: e.Settled, Count: count}
}
