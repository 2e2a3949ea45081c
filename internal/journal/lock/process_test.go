package lock

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestMain also runs the other process of TestLockBetweenProcesses.
func TestMain(m *testing.M) {
	if os.Getenv("LOCK_TEST_HOLD") != "" {
		holdLock(os.Args[1:])
		return
	}
	os.Exit(m.Run())
}

// holdLock takes the lock, says so, and holds it until it is killed.
func holdLock(args []string) {
	if _, err := Take(args[0], Claim{Server: "sandbox", Journal: args[1], Input: args[2]}); err != nil {
		panic(err)
	}
	fmt.Println("held")
	select {}
}

func TestLockBetweenProcesses(t *testing.T) {
	dir := t.TempDir()
	journal := filepath.Join(dir, "a.journal")
	writeJournal(t, journal, false)
	cmd := exec.Command(os.Args[0], dir, journal, "a.csv")
	cmd.Env = append(os.Environ(), "LOCK_TEST_HOLD=1")
	pipe, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	out := bufio.NewScanner(pipe)
	if !out.Scan() || out.Text() != "held" {
		t.Fatalf("the other process says %q", out.Text())
	}
	var held *HeldError
	_, err = Take(dir, Claim{Server: "sandbox", Journal: "b.journal", Input: "b.csv"})
	if !errors.As(err, &held) || held.Info.PID != cmd.Process.Pid || held.Info.Journal != journal || held.Info.Started.IsZero() {
		t.Errorf("second run: %v", err)
	}
	release(t, take(t, dir, Claim{Server: "production", Journal: "b.journal", Input: "b.csv"}), false)
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	release(t, take(t, dir, Claim{Server: "sandbox", Journal: "b.journal", Input: "b.csv"}), false) // a's journal has no unknown row
}
