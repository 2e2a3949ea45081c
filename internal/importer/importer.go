// Package importer is an import as a Go value, for other code of this module: without flags, terminal or exit
// statuses.
//
// Import does all of it. Open, File.Start and Run.Send are its steps; File.Check stops before anything is sent, and
// Rehearse sends to the simulator.
package importer

import (
	"context"
	"errors"

	"officeimporter/internal/submit"
)

// Import creates the offices of a spreadsheet: the file is parsed and its rows are mapped into requests; each row is
// validated; workers paced by one shared limiter submit them; and a report with a line for every row is written, from
// which the run can be resumed: the same call goes on where it stopped.
//
// A run that stopped early, say at --first or since the key was refused, has a nil error and its reason in
// Result.Stopped. An error means that nothing was sent, and the Result is nil; or that there is no report, and the
// Result has no Summary.
func Import(ctx context.Context, path string, in Input, o Options) (result *Result, err error) {
	file, err := Open(path, in) // parse: a sheet; map: its columns are bound to fields
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	run, err := file.Start(ctx, o) // one run at a time; each row is mapped, validated and judged by the journal
	if run != nil {
		defer func() { err = errors.Join(err, run.Close()) }()
	}
	if err != nil {
		return nil, err
	}
	if err := run.confirm(); err != nil { // asks, if there is somebody to ask
		return nil, err
	}
	result, err = run.Send(ctx) // submit: workers, one limiter, settling; report: a line for every row
	if err == nil && StoppedAt(result.Stopped, submit.StopCanary) && run.goOn(result) {
		return run.Send(ctx)
	}
	return result, err
}
