package importer

import (
	"cmp"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/submit"
)

// Forecast is what a run will do, as far as the file and the journals tell: its
// summary counts the rows by what would come of them.
type Forecast struct {
	*report.Summary
	Exposure Exposure
	Canary   Canary            // the rows to try first; nil: no row is
	Longest  int               // rows of the company that takes longest: limits are per company
	Each     []CompanyForecast // in the order of Summary.Companies; of one company too
	Valid    int               // rows without problems
}

// Exposure is how many offices a run may create: those that are missing, and
// those that are unknown, which it looks up and sends again if they are not there.
type Exposure struct{ Ready, Unknown int }

// String is such as "up to 5 offices".
func (e Exposure) String() string {
	text := report.Counted(e.Ready+e.Unknown, "office")
	if e.Unknown > 0 {
		return "up to " + text
	}
	return text
}

// CompanyForecast is what a company has to send now, and later: those rows that
// Sending.First holds back.
type CompanyForecast struct {
	Company     string
	Ready, Held int
}

// forecast judges all rows by the journals alone, before anything is sent, and
// counts them for the companies.
//
// Rows are judged before it can be known which rows of a journal have left the
// file, since mostly none has: that saves a pass over the rows. Where some have,
// all are judged again.
func (f *File) forecast(all companyRuns, o *Sending) (*Forecast, error) {
	options := f.judging(o.RetryRefused)
	var early *Forecast
	if f.rows == nil {
		judges, err := newJudges(all, options, nobodyLeft)
		if err == nil {
			early, err = f.foresee(all, judges, o)
		}
		if err != nil {
			return nil, err
		}
	}
	judges, err := f.judges(all, options, true)
	if err != nil || early != nil && !judges.left() {
		return early, err
	}
	return f.foresee(all, judges, o)
}

func (f *File) foresee(all companyRuns, judges judges, o *Sending) (*Forecast, error) {
	summary := new(report.Summary)
	f.introduce(all, summary)
	sinks := []sink{into(summary), all.count(o.First)}
	var cover cover
	if o.Canary {
		sinks = append(sinks, cover.take)
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
	if pick := cover.pick(); len(pick) > 0 { // else all has been tried
		forecast.Canary = pick
	}
	return forecast, nil
}

// longest is how many rows the company has that takes longest. All rows shared
// by as many companies as run side by side are the least.
func (all companyRuns) longest(forecast *report.Summary) int {
	longest, sum := 0, forecast.Count(office.Unknown)
	for _, c := range all {
		longest = max(longest, c.ready)
		sum += c.ready
	}
	if len(all) <= 1 {
		return sum
	}
	return max(longest, sum/sideBySide)
}

// StoppedAt says whether a run ended because of this reason.
func StoppedAt(err error, reason submit.StopReason) bool {
	return err != nil && reasonOf(err) == reason
}
