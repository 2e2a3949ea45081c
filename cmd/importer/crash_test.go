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
	"sync"
	"testing"
	"time"

	"officeimporter/internal/importer"
	"officeimporter/internal/simulator"
)

// How large the crash tests are. `make soak` runs them in full, with 10,000
// rows and 100 kills.
const (
	rowsVariable  = "IMPORTER_CRASH_ROWS"  // offices in the file; default 60
	killsVariable = "IMPORTER_CRASH_KILLS" // kill -9 before the last run; default 4
)

// pageSize is how many offices a page of the simulator's list has.
const pageSize = 1000

// TestBadDay runs a file of offices once against a simulator with faults: every
// office is created exactly once, the report is true for every row, and the exit
// status is 0.
func TestBadDay(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the program on a bad day")
	}
	t.Parallel()
	c := newCrash(t, simulator.Realistic(11))
	status, output := c.run(t, nil)
	if status != exitDone {
		t.Errorf("exit status %d, want 0:\n%s", status, output)
	}
	c.wantEachOnce(t)
}

// TestKilled kills the program at random moments, with slow answers and faults in
// three POSTs of ten, and then lets it run to its end: no office is created twice,
// and none is lost.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes")
	}
	t.Parallel()
	began := time.Now()
	config := simulator.Realistic(12)
	config.Faults.Post = scaled(config.Faults.Post, 0.3)
	config.Latency.After = 400 * time.Millisecond // so that many calls are in flight at a kill
	c := newCrash(t, config)
	kills := fromEnvironment(t, killsVariable, 4)
	hit := 0
	for left := kills; left > 0; left-- {
		moment := c.moment(left)
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
	t.Logf("%d of %d kills met the program alive; it took %v", hit, kills, time.Since(began).Round(time.Second))
}

// scaled returns a mix with the same faults, in this share of all calls.
func scaled(m simulator.Mix, share float64) simulator.Mix {
	sum := 0.0
	for _, p := range m {
		sum += p
	}
	all := simulator.Mix{}
	for fault, p := range m {
		all[fault] = p * share / sum
	}
	return all
}

// moment returns a random moment to kill a run, so that the kills left spread over
// the rows left. Each run begins by listing offices, page after page. Then it reaches
// about half of the limit, as it pauses and settles rows.
func (c *crash) moment(kills int) time.Duration {
	there := len(c.server.Truth().Created)
	listing := time.Duration(there/pageSize+1) * 600 * time.Millisecond
	sending := time.Duration((c.rows-there)/kills+1) * 2 * time.Minute / importer.MaxRate
	return 300*time.Millisecond + rand.N(2*(listing+sending))
}

// crash is a file of offices, the program as users have it, and a simulator that
// outlives the program.
type crash struct {
	rows    int
	dir     string
	program string
	flags   []string
	server  *simulator.Server
}

func newCrash(t *testing.T, config simulator.Config) *crash {
	t.Helper()
	config.PageSize = pageSize
	c := &crash{rows: fromEnvironment(t, rowsVariable, 60), program: buildProgram(t), flags: []string{"--timeout", "2s", "--settle", "3s"}}
	c.setUp(t, config)
	return c
}

// buildProgram builds the program as users have it, once for all tests.
func buildProgram(t *testing.T) (program string) {
	t.Helper()
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return program
}

var built = sync.OnceValues(func() (program string, err error) {
	program = filepath.Join(os.Getenv(builtVariable), "importer.exe") // .exe does no harm on other systems
	if output, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, output)
	}
	return program, nil
})

// setUp writes the file of offices and starts the simulator.
func (c *crash) setUp(t *testing.T, config simulator.Config) {
	t.Helper()
	c.dir, c.server = t.TempDir(), simulator.New(config)
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

// run runs the program until it ends or is killed; then the status is -1.
func (c *crash) run(t *testing.T, kill <-chan time.Time) (status int, output string) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context()) // cancel kills the program
	defer cancel()
	command := c.command(func(name string, args ...string) *exec.Cmd { return exec.CommandContext(ctx, name, args...) })
	var printed bytes.Buffer
	command.Stdout, command.Stderr = &printed, &printed
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
	return command.ProcessState.ExitCode(), printed.String()
}

// journal returns the path of the program's journal.
func (c *crash) journal(t *testing.T) string {
	t.Helper()
	to, err := parseServer(c.server.URL())
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(c.dir, "offices."+to.Label+".journal")
}

// command returns the command that runs the file of offices.
func (c *crash) command(start func(name string, args ...string) *exec.Cmd) *exec.Cmd {
	command := start(c.program, append([]string{"run", "offices.csv", "--yes", "--server", c.server.URL()}, c.flags...)...)
	command.Dir = c.dir
	command.Env = append(os.Environ(), "DIALPAD_API_KEY="+secret, "IMPORTER_STATE_DIR="+filepath.Join(c.dir, "state"))
	return command
}

// wantEachOnce compares the report with the simulator's records: each row is the
// office it should be, and there are no others.
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
		truth.Busiest(time.Second), truth.Busiest(time.Minute), truth.Faults)
}
