package importer

import (
	"cmp"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

// Forecast is what a run will do, as far as the file and the journals say. Its summary counts the rows by their
// expected outcome.
type Forecast struct {
	*report.Summary
	Exposure Exposure
	Canary   Canary            // the rows to try first; nil: none
	Longest  int               // rows of the company that takes longest, as limits are per company
	Each     []CompanyForecast // in the order of Summary.Companies; also if there is only one
	Valid    int               // rows without problems
}

// Exposure is how many offices a run may create: ready rows, and unknown rows, which it looks up and sends again if
// there is no such office.
type Exposure struct{ Ready, Unknown int }

// String returns text such as "up to 5 offices".
func (e Exposure) String() string {
	text := report.Counted(e.Ready+e.Unknown, "office")
	if e.Unknown > 0 {
		return "up to " + text
	}
	return text
}

// CompanyForecast is how many rows a company has to send now, and how many Sending.First leaves for later.
type CompanyForecast struct {
	Company     string
	Ready, Held int
}

// forecast judges all rows by the journals, before anything is sent, and counts them for the companies.
//
// The first pass assumes that no row of a journal has left the file, which saves reading the file twice. If some
// have, all rows are judged again.
func (f *File) forecast(all companyRuns, o *Sending) (*Forecast, error) {
	options := f.judging(o.RetryRefused)
	var early *Forecast
	if f.rows == nil {
		judges, err := newJudges(all, options, nothingGone)
		if err == nil {
			early, err = f.forecastWith(all, judges, o)
		}
		if err != nil {
			return nil, err
		}
	}
	judges, err := f.judgesFor(all, options, true)
	if err != nil || early != nil && !judges.anyGone() {
		return early, err
	}
	return f.forecastWith(all, judges, o)
}

func (f *File) forecastWith(all companyRuns, judges companyJudges, o *Sending) (*Forecast, error) {
	summary := new(report.Summary)
	f.nameCompanies(all, summary)
	sinks := []sink{addTo(summary), all.count(o.First)}
	var picker canaryPicker
	if o.Canary {
		sinks = append(sinks, picker.take)
	}
	rows, err := f.pass(judges.judge, sinks...)
	if err != nil {
		return nil, err
	}
	summary.Plan = rows.PlanID()
	forecast := &Forecast{Summary: summary, Longest: all.longest(summary), Valid: rows.Valid(),
		Exposure: Exposure{summary.Count(office.Ready), summary.Count(office.Unknown)}}
	forecast.Exposure.Ready = min(forecast.Exposure.Ready, cmp.Or(o.First, forecast.Exposure.Ready))
	for _, c := range all {
		forecast.Each = append(forecast.Each, CompanyForecast{c.company, c.ready, c.held})
	}
	if pick := picker.pick(); len(pick) > 0 { // otherwise everything has been tried
		forecast.Canary = pick
	}
	return forecast, nil
}

// longest returns how many rows decide how long the run takes: those of the largest company, but at least an even
// share of all rows for each company that is sent to in parallel.
func (all companyRuns) longest(forecast *report.Summary) int {
	longest, sum := 0, forecast.Count(office.Unknown)
	for _, c := range all {
		longest = max(longest, c.ready)
		sum += c.ready
	}
	if len(all) <= 1 {
		return sum
	}
	return max(longest, sum/maxParallelCompanies)
}

// rowSet is a set of row numbers. It needs one bit for each row of the file.
type rowSet []uint64

func (s *rowSet) add(row int) {
	for row/64 >= len(*s) {
		*s = append(*s, 0)
	}
	(*s)[row/64] |= 1 << (row % 64)
}

func (s rowSet) has(row int) bool { return row/64 < len(s) && s[row/64]&(1<<(row%64)) != 0 }
