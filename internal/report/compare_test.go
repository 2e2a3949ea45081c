package report

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"officeimporter/internal/office"
	"officeimporter/internal/report/reporttest"
)

// side makes rows from text such as "2 ready a/US body": number, status (- for none), key, name in the body (- for no
// body).
func side(lines ...string) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for _, line := range lines {
			var r Row
			var name string
			_, _ = fmt.Sscan(line, &r.Row, &r.Status, &r.Key, &name)
			r.Name, r.Status = name, strings.Trim(r.Status, "-")
			if name != "-" {
				r.Body = []byte(`{"name":"` + name + `","monday_hours":["08:00","18:00"]}`)
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}

func TestCompare(t *testing.T) {
	for name, test := range map[string]struct {
		old, new []string
		want     string
	}{
		"nothing":                        {nil, nil, ""},
		"sorted":                         {[]string{"2 - a/US A", "3 - b/US B"}, []string{"2 - b/US B", "3 - a/US A"}, ""},
		"added and removed":              {[]string{"2 - a/US A", "3 - c/US C"}, []string{"2 - b/US B", "3 - c/US C"}, "+2 b/US -2 a/US"},
		"renamed under a key":            {[]string{"2 - #1 A"}, []string{"5 - #1 B"}, `5(2) name "A" "B"`},
		"status":                         {[]string{"2 pending a/US A"}, []string{"2 created a/US A"}, "2(2) status pending created"},
		"a file has no status":           {[]string{"2 pending a/US A"}, []string{"2 - a/US A"}, ""},
		"a CSV report has no bodies":     {[]string{"2 - a/US -"}, []string{"2 - a/US A"}, `2(2) name "-" "A"`},
		"rows with one key, in order":    {[]string{"2 - a/US A", "3 - a/US B"}, []string{"2 - a/US A", "3 - a/US C"}, `3(3) name "B" "C"`},
		"one of two rows with a key":     {[]string{"2 - a/US A", "3 - a/US B"}, []string{"2 - a/US A"}, "-3 a/US"},
		"removed stand in the old order": {[]string{"2 - c/US A", "3 - a/US B", "4 - b/US B"}, nil, "-2 c/US -3 a/US -4 b/US"},
	} {
		d, err := Compare(side(test.old...), side(test.new...))
		if err != nil {
			t.Fatal(err)
		}
		if got := inShort(d); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
		if d.Empty() != (test.want == "") || d.Same+len(d.Added)+len(d.Changed) != len(test.new) {
			t.Errorf("%s: empty %t, %d the same", name, d.Empty(), d.Same)
		}
	}
}

func inShort(d *Diff) string {
	var parts []string
	for _, r := range d.Added {
		parts = append(parts, fmt.Sprintf("+%d %s", r.Row, r.Key))
	}
	for _, r := range d.Removed {
		parts = append(parts, fmt.Sprintf("-%d %s", r.Row, r.Key))
	}
	for _, r := range d.Changed {
		for _, c := range r.Changes {
			parts = append(parts, fmt.Sprintf("%d(%d) %s %s %s", r.Row.Row, r.Was, c.Field, c.Old, c.New))
		}
	}
	return strings.Join(parts, " ")
}

func TestChangesFieldByField(t *testing.T) {
	old := Row{Body: []byte(`{"name":"A","ring_seconds":20,"monday_hours":["08:00","18:00"],"tuesday_hours":[],"routing_options":{"open":{"action_target_id":5068549373853697}}}`)}
	new := Row{Body: []byte(`{"name":"A","timezone":"UTC","monday_hours":["08:00","12:00"],"tuesday_hours":[],"routing_options":{"open":{"action_target_id":5068549373853696}}}`)}
	want := []Change{{"timezone", "", `"UTC"`}, {"monday_hours", "08:00-18:00", "08:00-12:00"}, {"ring_seconds", "20", ""},
		{"routing_options.open.action_target_id", "5068549373853697", "5068549373853696"}}
	if diff := cmp.Diff(want, changesOf(&old, &new)); diff != "" {
		t.Error(diff)
	}
}

func TestCompareEndsAtTheFirstError(t *testing.T) {
	broken := errors.New("broken")
	bad := func(yield func(Row, error) bool) { yield(Row{}, broken) }
	if _, err := Compare(bad, side()); !errors.Is(err, broken) {
		t.Errorf("old side: %v", err)
	}
	if _, err := Compare(side(), bad); !errors.Is(err, broken) {
		t.Errorf("new side: %v", err)
	}
}

// Both kinds of report read back as the rows that were written.
func TestReadRows(t *testing.T) {
	dir := t.TempDir()
	all := reporttest.Results(t)
	for _, name := range []string{"r.csv", "r.jsonl"} {
		path := filepath.Join(dir, name)
		writeReport(t, path, all)
		if is, err := IsReport(path); err != nil || !is {
			t.Errorf("%s is no report: %v", name, err)
		}
		var got []Row
		for r, err := range ReadRows(path) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, r)
		}
		if diff := cmp.Diff(rowsOf(t, all, name == "r.jsonl"), got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	d, err := Compare(ReadRows(filepath.Join(dir, "r.csv")), ReadRows(filepath.Join(dir, "r.jsonl")))
	if err != nil || !d.Empty() || d.Same != len(all) {
		t.Errorf("the two differ: %+v, %v", d, err)
	}
}

func rowsOf(t *testing.T, all []office.Result, bodies bool) (rows []Row) {
	for i := range all {
		who := IdentityOf(&all[i])
		r := Row{Row: who.Row, Key: who.Key, Name: who.Name, Country: who.Country, Status: all[i].Outcome.String(), OfficeID: all[i].Record.OfficeID}
		if bodies {
			body, err := BodyOf(&all[i].Request)
			if err != nil {
				t.Fatal(err)
			}
			r.Body = body
		}
		rows = append(rows, r)
	}
	return rows
}

func TestReadRowsSaysWhatIsWrong(t *testing.T) {
	for name, test := range map[string]struct{ file, text, want string }{
		"not JSON":        {"r.jsonl", "{\"version\":1,\"row\":2,\"status\":\"ready\"}\nrow 3\n", "line 2 is not one of a report"},
		"another version": {"r.jsonl", `{"version":2,"row":2}`, "line 1 is not one of a report: it has version 2, and this program reads version 1"},
		"another object":  {"r.jsonl", `{"name":"A"}`, "line 1 is not one of a report: it has version 0"},
		"a status":        {"r.jsonl", `{"version":1,"status":"done"}`, `no outcome is called "done"`},
		"a row number":    {"r.csv", ByteOrderMark + csvHeading + "warnings,http_status,attempts,sent_at,settled_at,key\nx,ready,,,,,,,,,,\n", `column row: "x" is not a number`},
	} {
		path := filepath.Join(t.TempDir(), test.file)
		if err := os.WriteFile(path, []byte(test.text), 0o600); err != nil {
			t.Fatal(err)
		}
		var last error
		for _, err := range ReadRows(path) {
			last = err
		}
		if last == nil || !strings.Contains(last.Error(), test.want) || !strings.HasPrefix(last.Error(), path) {
			t.Errorf("%s: %v, want %s", name, last, test.want)
		}
	}
}

func TestIsReport(t *testing.T) {
	dir := t.TempDir()
	for text, want := range map[string]bool{"": false, "row": false, "Office name,Country\nA,US\n": false, ByteOrderMark + csvHeading: true} {
		path := filepath.Join(dir, "x.csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if is, err := IsReport(path); is != want || err != nil {
			t.Errorf("%q: %t, %v", text, is, err)
		}
	}
	if _, err := IsReport(filepath.Join(dir, "gone.csv")); err == nil {
		t.Error("a file that is not there is no error")
	}
}

func FuzzReadRows(f *testing.F) {
	f.Add([]byte(`{"version":1,"row":2,"status":"ready","key":"a/US","request":{"name":"A"}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		_ = readJSONLines(strings.NewReader(string(text)), func(r Row) bool { _ = changesOf(&r, &r); return true })
		_ = readCSV(strings.NewReader(ByteOrderMark+csvHeading+"warnings,http_status,attempts,sent_at,settled_at,key\n"+string(text)), func(Row) bool { return true })
	})
}
