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

// promFile is --metrics: the name of a file for Prometheus.
type promFile string

// Set refuses names that no collector would read; they may be those of files
// that are worth more than metrics.
func (p *promFile) Set(text string) error {
	if filepath.Ext(text) != ".prom" {
		return errors.New("the text-file collector reads names that end in .prom alone")
	}
	*p = promFile(text)
	return nil
}

func (p *promFile) String() string { return string(*p) }

// Type is the word for the value in help.
func (p *promFile) Type() string { return "FILE.prom" }

// measure writes the metrics of a run. That they can't be written is no reason
// for another exit status.
func (p promFile) measure(say *logger, r metrics.Run) {
	if p == "" {
		return
	}
	if err := metrics.Write(string(p), r); err != nil {
		say.Warn("--metrics: " + err.Error())
	}
}

// measured is what metrics tell of a run that is over.
func (o *runOptions) measured(path string, began time.Time, ended error) metrics.Run {
	return metrics.Run{Labels: labelsOf(path, o.target.server, o.input.input.Company), Began: began, Ended: time.Now(),
		Exit: exitStatus(ended), Rate: o.target.rate, Companies: effortsOf(o.result)}
}

// labelsOf tell the runs of one host apart. They are UTF-8, as they must be.
func labelsOf(path, server, company string) map[string]string {
	labels := map[string]string{"file": filepath.Base(path), "server": "", "company": company}
	if to, err := importer.ParseServer(server); err == nil { // what is no server may be a secret in the wrong place
		labels["server"] = to.Label
	}
	for name, value := range labels {
		labels[name] = strings.ToValidUTF8(value, "\ufffd")
	}
	return labels
}

// effortsOf are what a run did for each company; of one that sent nothing,
// nothing for the only one.
func effortsOf(r *importer.Result) []metrics.Company {
	switch {
	case r == nil:
		return []metrics.Company{{}}
	case r.Summary == nil: // there is no report
		return []metrics.Company{effortOf("", r.Effort[""], nil)}
	case r.Companies == nil: // it may be named by a mapping file
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
