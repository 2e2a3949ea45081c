package main

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"
)

// TestAClockThatWasSetBack kills a run while the clock is decades ahead. By the next
// night the clock is right again: the rows in doubt are settled as usual, no office
// is created twice, and the last success is that of this night.
func TestAClockThatWasSetBack(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes")
	}
	t.Parallel()
	w := newWeek(t)
	w.write(t, "offices.csv", rowsTo(2))
	if r := w.run(t, &night{}); r.exit != exitDone {
		t.Fatalf("exit status %d; it said:\n%s", r.exit, r.log)
	}
	w.write(t, "offices.csv", rowsTo(12))
	if r := w.run(t, &night{kill: 5, flags: []string{"--workers", "3"}}); r.exit != -1 {
		t.Fatalf("exit status %d, want it killed; it said:\n%s", r.exit, r.log)
	}
	w.setAhead(t)
	if before := w.metrics(t)[lastSuccess]; before < seconds(time.Now().AddDate(30, 0, 0)) {
		t.Fatalf("the last success is %v, want it in the future", before)
	}
	n := night{counts: map[string]int{"created": 12}, made: anyNumber}
	r := w.run(t, &n)
	if r.exit != exitDone || r.ended.Sub(r.began) > time.Minute {
		t.Errorf("exit status %d after %s; it said:\n%s", r.exit, r.ended.Sub(r.began), r.log)
	}
	wantSummary(t, &n, r.summary)
	w.wantMetrics(t, &n, nil, r)
	w.wantLock(t, false)
	if truth := w.server.Truth(); len(truth.Created) != 12 || len(truth.Verdict().More) > 0 {
		t.Errorf("%d offices were created, more than once %v; want 12", len(truth.Created), truth.Verdict().More)
	}
}

// thisYear matches the beginning of times in the files of a run.
var thisYear = regexp.MustCompile(fmt.Sprintf(`"%d-`, time.Now().UTC().Year()))

// setAhead changes all times in the files of earlier runs to the year 2099.
func (w *week) setAhead(t *testing.T) {
	t.Helper()
	changed := 0
	for _, pattern := range []string{"*.journal", "state/*.json", "*.prom"} {
		files, err := filepath.Glob(filepath.Join(w.dir, pattern))
		if err != nil || len(files) != 1 {
			t.Fatalf("%s are %v: %v", pattern, files, err)
		}
		text, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		changed += len(thisYear.FindAll(text, -1))
		text = thisYear.ReplaceAll(text, []byte(`"2099-`))
		text = successTime.ReplaceAll(text, []byte("${1} 4.08e+09"))
		if pattern == "*.journal" {
			text = withChecksums(text)
		}
		if err := os.WriteFile(files[0], text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if changed < 10 {
		t.Fatalf("only %d times were changed", changed)
	}
}

var successTime = regexp.MustCompile(`(?m)^(` + lastSuccess + `\{.*\}) .*$`)

// withChecksums corrects the checksums of an edited journal.
func withChecksums(text []byte) (journal []byte) {
	for line := range bytes.Lines(text) {
		_, rest, _ := bytes.Cut(bytes.TrimSuffix(line, []byte("\n")), []byte(" "))
		journal = fmt.Appendf(journal, "%08x %s\n", crc32.Checksum(rest, crc32.MakeTable(crc32.Castagnoli)), rest)
	}
	return journal
}

// TestZonesOfTheClock runs a file in several time zones: the reports are the same
// to the byte, and nothing is sent again.
func TestZonesOfTheClock(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the program again and again")
	}
	t.Parallel()
	w := newWeek(t)
	w.write(t, "offices.csv", rowsTo(3))
	var first []byte
	for _, zone := range []string{"Europe/Berlin", "UTC", "America/St_Johns", "Pacific/Kiritimati"} {
		command := w.command(secret, "--quiet")
		command.Env = append(command.Env, "TZ="+zone)
		if output, err := command.CombinedOutput(); err != nil || len(output) > 0 {
			t.Fatalf("%s: %v; it said:\n%s", zone, err, output)
		}
		text, err := os.ReadFile(filepath.Join(w.dir, "offices.report.csv"))
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = text
		}
		if !bytes.Equal(first, text) {
			t.Errorf("%s: the report is\n%s\nit was\n%s", zone, text, first)
		}
	}
	if posts := w.posts(); posts != 3 {
		t.Errorf("the server got %d POSTs, want 3", posts)
	}
}
