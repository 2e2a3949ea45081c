package report

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"officeimporter/internal/office"
)

// TestMain also serves as the other process of some tests.
func TestMain(m *testing.M) {
	if part := os.Getenv("REPORT_TEST_PART"); part != "" {
		parts[part](os.Args[1:])
		return
	}
	os.Exit(m.Run())
}

var parts = map[string]func(args []string){"write": writeForever, "lock": holdLock}

// startPart starts a part of the test binary as a process of its own.
func startPart(t *testing.T, part string, args ...string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), "REPORT_TEST_PART="+part)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, bufio.NewScanner(out)
}

// writeForever writes rows, and prints what was acknowledged.
func writeForever(args []string) {
	j, err := OpenJournal(args[0], testHeader)
	if err != nil {
		panic(err)
	}
	for worker := range 8 {
		go func() {
			for i := 0; ; i++ {
				key := fmt.Sprintf("%s-%d-%d", args[1], worker, i)
				if j.Begin(unknown(key)) == nil {
					fmt.Println("begun", key)
				}
				if j.Finish(created(key, key)) == nil {
					fmt.Println("finished", key)
				}
			}
		}()
	}
	select {}
}

func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	path := filepath.Join(t.TempDir(), "j")
	acknowledged := map[string]office.Outcome{}
	for round := range 6 {
		cmd, out := startPart(t, "write", path, fmt.Sprint(round))
		for n, kill := 0, 20+rand.IntN(400); out.Scan(); n++ {
			if n == kill {
				_ = cmd.Process.Kill() // lines that were printed before still come
			}
			note(acknowledged, out.Text())
		}
		_ = cmd.Wait()
		j := openFile(t, path)
		for key, outcome := range acknowledged {
			r, ok, err := j.Record(office.Key(key))
			if err != nil || !ok || r.Outcome != outcome && r.Outcome != office.Created {
				t.Fatalf("%q was %v, is %v (known: %v, error: %v)", key, outcome, r.Outcome, ok, err)
			}
		}
		close1(t, j)
	}
	if len(acknowledged) < 50 {
		t.Errorf("only %d rows were written", len(acknowledged))
	}
}

func note(acknowledged map[string]office.Outcome, text string) {
	what, key, _ := strings.Cut(text, " ")
	switch what {
	case "begun":
		if _, known := acknowledged[key]; !known {
			acknowledged[key] = office.Unknown
		}
	case "finished":
		acknowledged[key] = office.Created
	}
}

// holdLock takes the lock, says so, and holds it until it is killed.
func holdLock(args []string) {
	if _, err := TakeLock(args[0], Claim{Server: "sandbox", Journal: args[1], Input: args[2]}); err != nil {
		panic(err)
	}
	fmt.Println("held")
	select {}
}

func TestLockBetweenProcesses(t *testing.T) {
	dir := t.TempDir()
	journal := filepath.Join(dir, "a.journal")
	close1(t, openFile(t, journal))
	cmd, out := startPart(t, "lock", dir, journal, "a.csv")
	if !out.Scan() || out.Text() != "held" {
		t.Fatalf("the other process says %q", out.Text())
	}
	var held *HeldError
	_, err := TakeLock(dir, Claim{Server: "sandbox", Journal: "b.journal", Input: "b.csv"})
	if !errors.As(err, &held) || held.Holder.PID != cmd.Process.Pid || held.Holder.Journal != journal || held.Holder.Started.IsZero() {
		t.Errorf("second run: %v", err)
	}
	release(t, take(t, dir, Claim{Server: "production", Journal: "b.journal", Input: "b.csv"}), false)
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	release(t, take(t, dir, Claim{Server: "sandbox", Journal: "b.journal", Input: "b.csv"}), false) // a's journal has no unknown row
}
