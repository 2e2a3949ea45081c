package metrics

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
)

// lastSuccess is the one metric that outlives a run that failed.
const lastSuccess = "importer_last_success_timestamp_seconds"

// Write writes the metrics of a run into the file, in place of those of an
// earlier one. The error may be of the earlier one alone: then the time of the
// last success is lost, and the rest is written.
func Write(path string, r Run) error {
	before, lost := carried(path, r.Labels)
	if lost != nil {
		lost = fmt.Errorf("the time of the last success is lost: %w", lost)
	}
	return errors.Join(lost, prometheus.WriteToTextfile(path, r.registry(before)))
}

// carried is the last success that an earlier run with the same labels has
// left, in seconds since 1970; 0 where there is none.
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
