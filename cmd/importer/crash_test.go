package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"officeimporter/internal/simulator"
)

// How large the crash tests are. `make soak` runs them in full, with 300 rows
// and 8 kills.
const (
	rowsVariable  = "IMPORTER_CRASH_ROWS"  // offices in the file; default 60
	killsVariable = "IMPORTER_CRASH_KILLS" // kill -9 before the last run; default 4
)

// TestBadDay runs a file of offices once against a stand-in on a bad day:
// every office exactly once, the report true for every row, exit status 0.
func TestBadDay(t *testing.T) {
	t.Parallel()
	c := newCrash(t, simulator.Realistic(11))
	status, output := c.run(t, nil)
	if status != exitDone {
		t.Errorf("exit status %d, want 0:\n%s", status, output)
	}
	c.wantEachOnce(t)
}

// TestKilled kills the program at random moments, with slow answers and
// faults, and then lets it run to its end: no office twice, none lost.
func TestKilled(t *testing.T) {
	t.Parallel()
	config := simulator.Realistic(12)
	config.Latency.After = 400 * time.Millisecond // so that many calls are in flight at a kill
	c := newCrash(t, config)
	kills := fromEnvironment(t, killsVariable, 4)
	life := time.Duration(c.rows) * time.Minute / maxRate / time.Duration(kills)
	hit := 0
	for range kills {
		moment := 300*time.Millisecond + rand.N(2*life)
		status, output := c.run(t, time.After(moment))
		t.Logf("killed after %v: exit status %d, %d offices created", moment.Round(time.Millisecond), status, len(c.server.Truth().Created))
		switch status {
		case -1:
			hit++
		case exitDone:
		default:
			t.Fatalf("exit status %d:\n%s", status, output)
		}
	}
	if 2*hit < kills {
		t.Errorf("only %d of %d kills met the program alive", hit, kills)
	}
	if status, output := c.run(t, nil); status != exitDone {
		t.Errorf("the last run: exit status %d, want 0:\n%s", status, output)
	}
	c.wantEachOnce(t)
}

// crash is a file of offices, the program as it is built for users, and a
// stand-in for the API which outlives it.
type crash struct {
	rows    int
	dir     string
	program string
	server  *simulator.Server
}

func newCrash(t *testing.T, config simulator.Config) *crash {
	t.Helper()
	c := &crash{rows: fromEnvironment(t, rowsVariable, 60), dir: t.TempDir(), server: simulator.New(config)}
	c.program = filepath.Join(c.dir, "importer.exe") // .exe is no harm elsewhere
	if output, err := exec.CommandContext(t.Context(), "go", "build", "-o", c.program, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, output)
	}
	text := officesHeading
	for n := range c.rows {
		text += officeRow(n + 1)
	}
	if err := os.WriteFile(filepath.Join(c.dir, "offices.csv"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := c.server.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.server.Close() })
	return c
}

func fromEnvironment(t *testing.T, name string, otherwise int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s=%q is not a number from 1 on", name, text)
	}
	return n
}

// run runs the program to its end, or until it is killed: then the status is -1.
func (c *crash) run(t *testing.T, kill <-chan time.Time) (status int, output string) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context()) // its end kills the program
	defer cancel()
	command := exec.CommandContext(ctx, c.program, "run", "offices.csv", "--yes", "--server", c.server.URL(), "--timeout", "2s", "--settle", "3s")
	command.Dir = c.dir
	command.Env = append(os.Environ(), "DIALPAD_API_KEY="+secret, "IMPORTER_STATE_DIR="+filepath.Join(c.dir, "state"))
	var said bytes.Buffer
	command.Stdout, command.Stderr = &said, &said
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	select {
	case <-kill:
		cancel()
		<-ended
	case err := <-ended:
		if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
	}
	return command.ProcessState.ExitCode(), said.String()
}

// wantEachOnce holds the report against the books of the stand-in: each row is
// an office, that one, and there are no others.
func (c *crash) wantEachOnce(t *testing.T) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(c.dir, "offices.report.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := readReport(string(text))
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]string{}
	truth := c.server.Truth()
	for _, o := range truth.Created {
		there[o.ID] = o.Name
	}
	for i, r := range rows {
		if name := fmt.Sprintf("Branch %d", i+1); r.row != strconv.Itoa(i+2) || r.status != "created" || r.name != name || there[r.officeID] != name {
			t.Errorf("the report says %+v; office %s is %q", r, r.officeID, there[r.officeID])
		}
	}
	if len(rows) != c.rows || len(truth.Created) != c.rows {
		t.Errorf("%d rows in the report, %d offices created, want %d", len(rows), len(truth.Created), c.rows)
	}
	t.Logf("%d rows, %d offices, %d calls, at most %d in a second and %d in a minute, faults %v", len(rows), len(truth.Created), len(truth.Arrivals),
		truth.Busiest(time.Second), truth.Busiest(time.Minute), faultsMet(truth))
}
