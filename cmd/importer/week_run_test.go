package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"officeimporter/internal/journal/lock"
	"officeimporter/internal/office"
	"officeimporter/internal/simulator"
)

// week is a file that is imported every night with the same command, and the server.
// The server keeps its address when it is down for a while.
type week struct {
	dir, program, address string

	server *simulator.Server
	front  *http.Server
	killAt atomic.Int64               // POSTs until the run is killed; 0 or less: it isn't
	under  atomic.Pointer[os.Process] // the run under way
}

func newWeek(t *testing.T) *week {
	t.Helper()
	w := &week{dir: t.TempDir(), program: buildProgram(t)}
	w.killAt.Store(-1)
	w.server = simulator.New(simulator.Config{Key: secret, Latency: simulator.Latency{After: 50 * time.Millisecond}, Decide: w.meet})
	w.address = "127.0.0.1:0"
	w.bringUp()
	t.Cleanup(w.takeDown)
	return w
}

// meet kills the run at the right POST.
func (w *week) meet(c simulator.Call) simulator.Fault {
	if c.Method == http.MethodPost && w.killAt.Add(-1) == 0 {
		_ = w.under.Load().Kill() // the test notices
	}
	return simulator.None
}

func (w *week) bringUp() {
	listener, err := net.Listen("tcp", w.address)
	if err != nil {
		panic(err)
	}
	w.address, w.front = listener.Addr().String(), &http.Server{Handler: w.server}
	go func() { _ = w.front.Serve(listener) }() // until takeDown
}

func (w *week) takeDown() { _ = w.front.Close() }

// posts returns how many POSTs the server has had, including refused ones.
func (w *week) posts() (n int) {
	for answer, times := range w.server.Truth().Calls {
		if answer.Method == http.MethodPost {
			n += times
		}
	}
	return n
}

func (w *week) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(w.dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (w *week) command(key string, more ...string) *exec.Cmd {
	command := exec.Command(w.program, append([]string{"run", "offices.csv", "--yes", "--server", "http://" + w.address, "--timeout", "400ms", "--settle", "300ms"}, more...)...)
	command.Dir = w.dir
	command.Env = append(os.Environ(), "DIALPAD_API_KEY="+key, "IMPORTER_STATE_DIR="+filepath.Join(w.dir, "state"))
	return command
}

// ran is the results of a night.
type ran struct {
	exit         int
	began, ended time.Time
	log          []byte
	summary      []byte
}

// run runs the import of a night, as a scheduler would.
func (w *week) run(t *testing.T, n *night) ran {
	t.Helper()
	key := n.key
	if key == "" {
		key = secret
	}
	var log, summary bytes.Buffer
	command := w.command(key, append([]string{"--json", "--log", "json", "--metrics", "importer.prom"}, n.flags...)...)
	command.Stdout, command.Stderr = &summary, &log
	began := time.Now()
	w.killAt.Store(-1)
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	w.under.Store(command.Process)
	if n.kill > 0 {
		w.killAt.Store(int64(n.kill))
	}
	if err, ended := command.Wait(), (*exec.ExitError)(nil); err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	return ran{command.ProcessState.ExitCode(), began, time.Now(), log.Bytes(), summary.Bytes()}
}

// wantLog checks that the log is JSON, begins with the plan, ends with the counts or
// the error, and has neither the key nor a row's values.
func (w *week) wantLog(t *testing.T, n *night, r ran) {
	t.Helper()
	var events []map[string]any
	for lines := bufio.NewScanner(bytes.NewReader(r.log)); lines.Scan(); {
		var event map[string]any
		if err := json.Unmarshal(lines.Bytes(), &event); err != nil {
			t.Fatalf("the log has the line %q: %v", lines.Text(), err)
		}
		events = append(events, event)
	}
	for _, forbidden := range []string{secret, n.key, "Branch", "Hafenstr", "row sent"} {
		if forbidden != "" && bytes.Contains(r.log, []byte(forbidden)) {
			t.Errorf("the log has %q:\n%s", forbidden, r.log)
		}
	}
	if !bytes.Contains(r.log, []byte(n.says)) || len(events) > 12 {
		t.Errorf("the log doesn't say %q, or too much:\n%s", n.says, r.log)
	}
	if n.exit != exitNothing && (len(events) == 0 || events[0]["msg"] != "start" || events[0]["plan"] == "") {
		t.Errorf("the log doesn't begin with the plan:\n%s", r.log)
	}
	if last := events[len(events)-1]; n.exit != -1 && last["exit"] != float64(n.exit) {
		t.Errorf("the log ends with %v, want exit status %d", last, n.exit)
	}
	for _, event := range events {
		if event["msg"] == "end" {
			wantCounts(t, "the log", n, event)
		}
	}
}

// wantSummary checks the counts in the JSON on stdout.
func wantSummary(t *testing.T, n *night, text []byte) {
	t.Helper()
	var s struct {
		Counts map[string]any `json:"counts"`
		New    int            `json:"new"`
		Left   struct{ Count int }
		Errors []jsonError `json:"errors"`
	}
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatalf("stdout has %q: %v", text, err)
	}
	if n.counts == nil {
		if len(s.Errors) == 0 || s.Counts != nil {
			t.Errorf("stdout has %s, want errors", text)
		}
		return
	}
	wantCounts(t, "the summary", n, s.Counts)
	if s.Left.Count != n.left || s.New != n.made && n.made != anyNumber {
		t.Errorf("the summary says %d new and %d left, want %d and %d", s.New, s.Left.Count, n.made, n.left)
	}
}

func wantCounts(t *testing.T, where string, n *night, have map[string]any) {
	t.Helper()
	for _, o := range office.Outcomes() {
		if have[o.String()] != float64(n.counts[o.String()]) {
			t.Errorf("%s: %v rows are %s, want %d", where, have[o.String()], o, n.counts[o.String()])
		}
	}
}

// metrics returns what the collector would read: by name, and for rows by name and
// status.
func (w *week) metrics(t *testing.T) map[string]float64 {
	t.Helper()
	f, err := os.Open(filepath.Join(w.dir, "importer.prom"))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(f)
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]float64{}
	for name, family := range families {
		for _, m := range family.GetMetric() {
			for _, l := range m.GetLabel() {
				if l.GetName() == "status" {
					name = "importer_rows " + l.GetValue()
				}
			}
			values[name] = m.GetGauge().GetValue()
		}
	}
	return values
}

// wantMetrics checks that the last success is of the last night that went well, and
// the rest is of this night. A killed run does not change metrics.
func (w *week) wantMetrics(t *testing.T, n *night, before map[string]float64, r ran) {
	t.Helper()
	now := w.metrics(t)
	success, earlier := now[lastSuccess], before[lastSuccess]
	if n.exit != exitDone && success != earlier {
		t.Errorf("the last success went from %v to %v in a night that failed", earlier, success)
	}
	if n.exit == exitDone && (success < seconds(r.began) || success > seconds(r.ended)) {
		t.Errorf("the last success is %v, want it between %v and %v", success, seconds(r.began), seconds(r.ended))
	}
	if n.exit == -1 {
		return
	}
	if now["importer_last_run_exit_status"] != float64(n.exit) || now["importer_last_run_timestamp_seconds"] < seconds(r.began) {
		t.Errorf("the metrics are %v, want exit status %d", now, n.exit)
	}
	for _, o := range office.Outcomes() {
		have, there := now["importer_rows "+o.String()]
		if there != (n.counts != nil) || have != float64(n.counts[o.String()]) {
			t.Errorf("the metrics have %v rows %s (there: %v), want %d", have, o, there, n.counts[o.String()])
		}
	}
}

// wantLock checks whether the lock says that unknown rows may be left, as after a
// killed run.
func (w *week) wantLock(t *testing.T, unsettled bool) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(w.dir, "state", "*.json"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v hold locks, want one: %v", files, err)
	}
	text, err := os.ReadFile(files[0])
	var holder lock.Info
	if err == nil {
		err = json.Unmarshal(text, &holder)
	}
	if err != nil || holder.Unsettled != unsettled {
		t.Errorf("the lock was left as %s (%v), want unsettled: %v", text, err, unsettled)
	}
}
