//go:build unix

package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"officeimporter/internal/journal/postgres/pgtest"
	"officeimporter/internal/simulator"
)

// hostsVariable is how many rows four hosts import together; default 60.
const hostsVariable = "IMPORTER_HOSTS_ROWS"

// hosts are processes that share a file, a server and a database.
type hosts struct {
	*crash
	database *pgtest.Server
}

func newHosts(t *testing.T, config simulator.Config) *hosts {
	t.Helper()
	c := &crash{rows: fromEnvironment(t, hostsVariable, 60), program: buildProgram(t)}
	config.PageSize = pageSize
	c.setUp(t, config)
	return &hosts{c, pgtest.Start(t)}
}

// host is a process with a state folder of its own.
type host struct {
	*hosts
	name   string
	output bytes.Buffer
	run    *exec.Cmd
}

// start starts the program on a host of its own, which shares only the database and
// the file with others.
func (h *hosts) start(t *testing.T, number int, flags ...string) *host {
	t.Helper()
	one := &host{hosts: h, name: fmt.Sprintf("host%d", number)}
	args := append([]string{"run", "offices.csv", "--yes", "--server", h.server.URL(), "--journal", h.database.URL(false),
		"--timeout", "2s", "--settle", "3s", "--report", one.report()}, flags...)
	one.run = exec.Command(h.program, args...)
	one.run.Dir = h.dir
	one.run.Env = append(os.Environ(), "DIALPAD_API_KEY="+secret, "PGPASSWORD="+pgtest.Password, "IMPORTER_STATE_DIR="+filepath.Join(h.dir, one.name))
	one.run.Stdout, one.run.Stderr = &one.output, &one.output
	if err := one.run.Start(); err != nil {
		t.Fatal(err)
	}
	return one
}

func (h *host) report() string { return h.name + ".csv" }

// end waits for the program and returns its exit status; -1: it was killed.
func (h *host) end() int {
	_ = h.run.Wait()
	return h.run.ProcessState.ExitCode()
}

// Four hosts import one file, with faults in three POSTs of ten, while they are killed
// and the database crashes: no office is created twice, none is lost, and all hosts
// report the same.
func TestHostsKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes")
	}
	t.Parallel()
	config := simulator.Realistic(21)
	config.Faults.Post = scaled(config.Faults.Post, 0.3)
	config.Latency.After = 400 * time.Millisecond
	h := newHosts(t, config)
	over := time.Now().Add(time.Duration(h.rows) * 120 * time.Millisecond)
	var all sync.WaitGroup
	kills := [4]int{}
	for i := range kills {
		all.Go(func() { kills[i] = h.killOver(t, i, over) })
	}
	crashes := 0
	for ; time.Now().Before(over); crashes++ {
		time.Sleep(2*time.Second + rand.N(6*time.Second))
		h.database.Kill()
		time.Sleep(rand.N(2 * time.Second))
		h.database.Up()
	}
	all.Wait()
	t.Logf("%v kills of hosts, %d crashes of the database, %d offices so far", kills, crashes, len(h.server.Truth().Created))
	h.wantAllToFinish(t)
}

// killOver starts a host again and again, and kills it at random moments.
func (h *hosts) killOver(t *testing.T, number int, over time.Time) (kills int) {
	for time.Now().Before(over) {
		one := h.start(t, number)
		time.AfterFunc(500*time.Millisecond+rand.N(8*time.Second), func() { _ = one.run.Process.Kill() })
		switch status := one.end(); status {
		case -1:
			kills++
		case exitDone, exitStopped:
		default:
			t.Errorf("%s: exit status %d:\n%s", one.name, status, one.output.String())
		}
	}
	return kills
}

// wantAllToFinish lets four hosts finish the rest, and compares their reports with
// the simulator's records.
func (h *hosts) wantAllToFinish(t *testing.T) {
	t.Helper()
	began := time.Now()
	all := make([]*host, 4)
	for i := range all {
		all[i] = h.start(t, i)
	}
	for _, one := range all {
		if status := one.end(); status != exitDone {
			t.Errorf("%s: exit status %d, want 0:\n%s", one.name, status, one.output.String())
		}
		if strings.Contains(one.output.String(), pgtest.Password) {
			t.Errorf("%s tells the password:\n%s", one.name, one.output.String())
		}
		text, err := os.ReadFile(filepath.Join(h.dir, one.report()))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(h.dir, "offices.report.csv"), text, 0o600); err != nil {
			t.Fatal(err)
		}
		h.wantEachOnce(t)
	}
	t.Logf("the end took %v", time.Since(began).Round(time.Second))
	if left := h.database.Query("SELECT count(*) FROM importer.rows WHERE outcome <> 'created'"); left != "0" {
		t.Errorf("%s rows of the database are not created", left)
	}
}
