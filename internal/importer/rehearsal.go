package importer

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"time"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/simulator"
	"officeimporter/internal/submit/api"
)

// RehearsalVerdict is what the simulator's own records say about a rehearsal.
type RehearsalVerdict struct {
	Sound         bool     `json:"sound"`        // every office was created once, and the report is true
	Once          int      `json:"created_once"` // offices
	Twice         int      `json:"created_twice"`
	Lost          int      `json:"lost"`       // reported as created, but does not exist
	Unreported    int      `json:"unreported"` // exists, but not reported as created
	Calls         int      `json:"calls"`
	BusiestSecond int      `json:"busiest_second"` // calls, when they arrived
	BusiestMinute int      `json:"busiest_minute"`
	TooMany       int      `json:"answered_429"`
	Faults        []string `json:"faults"`
	RealRun       string   `json:"real_run"` // how long it will take, such as "5 min"
}

// Err returns an *Error of KindRehearsal if a promise was broken, otherwise nil.
func (v *RehearsalVerdict) Err() error {
	if v.Sound {
		return nil
	}
	return failure(KindRehearsal, "the rehearsal broke a promise: %d offices created twice, %d lost, %d not reported", v.Twice, v.Lost, v.Unreported)
}

// Rehearse sends a file to a simulator on this machine, which fails now and then as networks and servers do. The same
// seed gives the same faults. A rehearsal has its own journal and reports. The summary is nil if nothing was sent;
// the error has a *submit.StopError if the rehearsal stopped early.
func (f *File) Rehearse(ctx context.Context, seed uint64, o Options) (*report.Summary, *RehearsalVerdict, error) {
	o.complete()
	f.warn(o.Log)
	o.Reports = f.reports(o.Reports, ".rehearsal.report")
	server := simulator.New(simulator.Realistic(seed))
	if err := server.Listen("127.0.0.1:0"); err != nil {
		return nil, nil, fmt.Errorf("the simulator can't be served: %w", err)
	}
	defer func() { _ = server.Close() }()
	u, err := url.Parse(server.URL())
	if err != nil {
		return nil, nil, err
	}
	o.Server = Server{u, "the simulator"}
	reported := createdIDs{}
	summary, err := f.rehearse(ctx, o, reported)
	if summary == nil {
		return nil, nil, err
	}
	_ = server.Close() // its records are complete
	real := SendingTime(summary.Count(office.Created), o.Rate)
	return summary, judgeRehearsal(reported, server.Truth(), real), err
}

// rehearse is a run without locks, as nothing else uses its journals.
func (f *File) rehearse(ctx context.Context, o Options, reported createdIDs) (*report.Summary, error) {
	all, err := f.rehearsals(o.Server)
	if err != nil {
		return nil, err
	}
	if err := distinct(f.roles(all, o.Reports)); err != nil {
		return nil, err
	}
	r := &Run{file: f, options: o, verb: "rehearse", key: api.NewSecret("rehearsal"), companies: all}
	defer func() { _ = all.close() }()
	for _, c := range all { // each rehearsal starts with an empty simulator
		if err := os.Remove(c.path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
	}
	if err := r.open(ctx); err != nil {
		return nil, err
	}
	defer all.disconnect()
	if r.forecast, err = f.forecast(all, &o.Sending); err != nil {
		return nil, err
	}
	if err := r.confirm(); err != nil {
		return nil, err
	}
	stopped := r.send(ctx, r.forecast.Count(office.Ready))
	summary, err := r.report(func(summary *report.Summary) {
		if stopped != nil {
			summary.Stopped = stopped.Error()
		}
	}, reported.add)
	return summary, errors.Join(stopped, err)
}

// rehearsals returns the runs of the companies, with the journals of rehearsals.
func (f *File) rehearsals(to Server) (all companyRuns, err error) {
	companies, err := f.companies(to)
	for _, company := range companies {
		all = append(all, &companyRun{company: company, header: f.header(to, company), path: namedJournal(OwnStem(f.path), "rehearsal", company)})
	}
	return all, err
}

// SendingTime returns how long it takes to send rows at a rate in calls a minute.
func SendingTime(rows, rate int) time.Duration {
	return (time.Duration(rows) * time.Minute / time.Duration(rate)).Round(time.Second)
}

// createdIDs is the set of offices that the report calls created.
type createdIDs map[string]bool

func (ids createdIDs) add(r office.Result) error {
	if r.Outcome == office.Created {
		ids[r.Record.OfficeID] = true
	}
	return nil
}

// judgeRehearsal checks the report against the simulator's records.
func judgeRehearsal(reported createdIDs, truth *simulator.Truth, real time.Duration) *RehearsalVerdict {
	v := truth.Verdict()
	result := &RehearsalVerdict{Once: v.Once, Twice: len(v.More), Lost: len(reported), Calls: v.Calls, BusiestSecond: v.BusiestSecond,
		BusiestMinute: v.BusiestMinute, TooMany: v.TooMany, Faults: faultsMet(truth), RealRun: report.Spell(real)}
	for _, creation := range truth.Created {
		if reported[creation.ID] {
			result.Lost--
		} else {
			result.Unreported++
		}
	}
	result.Sound = result.Twice == 0 && result.Lost == 0 && result.Unreported == 0
	return result
}

func faultsMet(truth *simulator.Truth) []string {
	met := []string{}
	for fault, times := range truth.Faults {
		met = append(met, fmt.Sprintf("%s %d", fault, times))
	}
	slices.Sort(met)
	return met
}
