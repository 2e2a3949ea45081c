package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
)

// lastSuccess is the one metric that outlives a run that failed.
const lastSuccess = "importer_last_success_timestamp_seconds"

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
func (p promFile) measure(say *voice, r lastRun) {
	if p == "" {
		return
	}
	var err error
	if r.before, err = p.carried(r.labels); err != nil {
		say.Warn("--metrics: the time of the last success is lost: " + err.Error())
	}
	if err := prometheus.WriteToTextfile(string(p), r.registry()); err != nil {
		say.Warn("--metrics: " + err.Error())
	}
}

// carried is the last success that an earlier run with the same labels has
// left, in seconds since 1970; 0 where there is none.
func (p promFile) carried(labels prometheus.Labels) (float64, error) {
	f, err := os.Open(string(p))
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
		return 0, fmt.Errorf("%s: %w", p, err)
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
