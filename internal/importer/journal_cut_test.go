package importer

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"officeimporter/internal/journal"
	"officeimporter/internal/office"
	"officeimporter/internal/simulator"
	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/limit"
)

// TestCutJournalSendsNothingTwice judges every row by a journal that was cut at
// every byte of its last two lines: a row is to be sent only if its Begin is
// gone, and not even then once the list of offices has been seen.
func TestCutJournalSendsNothingTwice(t *testing.T) {
	path := write(t, "offices.csv", forecastHeading, forecastLine("Branch 1", 1), forecastLine("Branch 2", 2), forecastLine("Branch 3", 3))
	server := simulator.New(simulator.Config{})
	if err := server.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	to, err := ParseServer(server.URL())
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Target: Target{Server: to, Key: Key("secret"), State: t.TempDir()}, Sending: Sending{Workers: 1}, Reports: []Report{}}
	if result, err := Import(t.Context(), path, Input{Defaults: requiredDefaults}, o); err != nil || result.New != 3 {
		t.Fatalf("%+v, %v", result, err)
	}
	text, err := os.ReadFile(journalPath(path, to.Label, ""))
	if err != nil {
		t.Fatal(err)
	}
	client := api.New(api.Options{Server: to.URL, Key: api.NewSecret("secret"), Timeout: time.Minute}, limit.New(MaxRate, time.Minute))
	defer client.Close()
	list, err := client.List(t.Context())
	if err != nil || len(list.Offices) != 4 {
		t.Fatalf("the list of offices: %v, %v", list, err)
	}
	judgeCuts(t, path, to, text, list)
}

func judgeCuts(t *testing.T, path string, to Server, text []byte, list *api.Listing) {
	f, err := Open(path, Input{Defaults: requiredDefaults})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bytes.SplitAfter(text, []byte("\n"))
	from := len(text) - len(lines[len(lines)-2]) - len(lines[len(lines)-3])
	cut := filepath.Join(t.TempDir(), "cut.journal")
	for size := from; size <= len(text); size++ {
		if testing.Short() && size%20 > 0 && size < len(text)-2 { // then few of them
			continue
		}
		if err := os.WriteFile(cut, text[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		kept, err := journal.Open(cut, f.header(to, ""))
		if err != nil {
			t.Fatalf("cut at %d: %v", size, err)
		}
		blind, seeing := judged(t, f, kept, nil), judged(t, f, kept, list)
		for i := range blind {
			begun := bytes.Contains(wholeLines(text[:size]), fmt.Appendf(nil, `"name":"Branch %d"`, i+1))
			if (blind[i].Outcome == office.Ready) == begun {
				t.Errorf("cut at %d: row %d is %v, begun: %v", size, i+2, blind[i].Outcome, begun)
			}
			if id := seeing[i].Record.OfficeID; seeing[i].Outcome == office.Ready || id != "" && id != list.Offices[i+1].ID {
				t.Errorf("cut at %d: row %d, whose office is listed, is %v, office %q", size, i+2, seeing[i].Outcome, id)
			}
		}
		if err := kept.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// wholeLines is a text up to the end of its last whole line.
func wholeLines(text []byte) []byte { return text[:bytes.LastIndexByte(text, '\n')+1] }

// judged are the rows by a journal, and by a list of offices if there is one.
func judged(t *testing.T, f *File, kept *journal.Journal, list *api.Listing) (results []office.Result) {
	t.Helper()
	judges, err := f.judgesFor(companyRuns{{journal: kept}}, f.judging(false), true)
	if err != nil {
		t.Fatal(err)
	}
	if list != nil {
		judges[""].See(list)
	}
	take := func(r office.Result) error { results = append(results, r); return nil }
	if _, err := f.pass(judges.judge, take); err != nil || len(results) != 3 {
		t.Fatalf("%d results: %v", len(results), err)
	}
	return results
}
