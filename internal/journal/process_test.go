package journal

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"officeimporter/internal/office"
)

// TestMain also runs the other process of some tests.
func TestMain(m *testing.M) {
	if part := os.Getenv("REPORT_TEST_PART"); part != "" {
		parts[part](os.Args[1:])
		return
	}
	os.Exit(m.Run())
}

var parts = map[string]func(args []string){"write": writeForever}

// startPart starts a part of the test binary as another process.
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
	j, err := Open(args[0], testHeader)
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
				_ = cmd.Process.Kill() // lines printed before still arrive
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
		mustClose(t, j)
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
