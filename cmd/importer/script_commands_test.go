package main

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// exits runs a program and checks its exit status, which may be "killed". The output
// must not contain the API key.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		ts.Fatalf("%v", err)
	}
	status := "0"
	if ended != nil {
		status = fmt.Sprint(ended.ExitCode())
	}
	if status == "-1" {
		status = "killed"
	}
	if status != args[0] {
		ts.Fatalf("exit status %s, want %s", status, args[0])
	}
	for _, output := range []string{"stdout", "stderr"} {
		if strings.Contains(ts.ReadFile(output), secret) {
			ts.Fatalf("the API key is in %s", output)
		}
	}
}

const officesHeading = "Office name,Country,Currency,Plan period,Unified billing,Paid by invoice,Annual commit,Address,City,Region,Postal code\n"

// officeRow returns a valid CSV row. The number makes it different from others.
func officeRow(n int) string {
	return fmt.Sprintf("Branch %d,DE,EUR,monthly,yes,yes,no,Hafenstr. %d,Hamburg,Hamburg,20457\n", n, n)
}

func offices(ts *testscript.TestScript, _ bool, args []string) {
	text := officesHeading
	for n := range number(ts, args[1]) {
		text += officeRow(n + 1)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

// reportHas checks how many rows of a CSV report have a status.
func reportHas(ts *testscript.TestScript, _ bool, args []string) {
	rows, err := readReport(ts.ReadFile(args[0]))
	ts.Check(err)
	have := 0
	for _, r := range rows {
		if r.status == args[1] {
			have++
		}
	}
	if want := number(ts, args[2]); have != want {
		ts.Fatalf("%s: %d rows are %s, want %d", args[0], have, args[1], want)
	}
}

// reportRow has the columns of a CSV report that tests check.
type reportRow struct{ row, status, officeID, name string }

func readReport(text string) ([]reportRow, error) {
	cells, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil {
		return nil, err
	}
	want := "row,status,office_id,name,country,problems,warnings,http_status,attempts,sent_at,settled_at,key,company_id"
	if len(cells) == 0 || strings.Join(cells[0], ",") != want {
		return nil, fmt.Errorf("the report's heading is not %s", want)
	}
	rows := make([]reportRow, 0, len(cells)-1)
	for _, c := range cells[1:] {
		rows = append(rows, reportRow{c[0], c[1], c[2], c[3]})
	}
	return rows, nil
}

func sameLines(ts *testscript.TestScript, _ bool, args []string) {
	a, b := sortedLines(ts.ReadFile(args[0])), sortedLines(ts.ReadFile(args[1]))
	if !slices.Equal(a, b) {
		ts.Fatalf("%s and %s have different lines:\n%q\n%q", args[0], args[1], a, b)
	}
}

func sortedLines(text string) []string {
	lines := strings.Split(text, "\n")
	slices.Sort(lines)
	return lines
}

func freePort(ts *testscript.TestScript, _ bool, _ []string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	_, port, err := net.SplitHostPort(l.Addr().String())
	ts.Check(errors.Join(err, l.Close()))
	ts.Setenv("PORT", port)
}

// smallDisk mounts a disk in memory. If there is one already, it changes its size,
// or makes it read-only (ro) or writable again (rw).
func smallDisk(ts *testscript.TestScript, _ bool, args []string) {
	dir, options := ts.MkAbs(args[0]), strings.Join(append([]string{"size=" + args[1]}, args[2:]...), ",")
	if exec.Command("mountpoint", "-q", dir).Run() == nil {
		ts.Check(exec.Command("mount", "-o", "remount,"+options, dir).Run())
		return
	}
	ts.Check(exec.Command("mount", "-t", "tmpfs", "-o", options, "tmpfs", dir).Run())
	ts.Defer(func() { ts.Check(exec.Command("umount", dir).Run()) })
}

// encode rewrites a one-line file as a Windows editor would save it.
func encode(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[1])
	text := strings.TrimSpace(ts.ReadFile(args[1])) + "\r\n"
	var data []byte
	switch args[0] {
	case "bom":
		data = []byte("\ufeff" + text)
	case "crlf":
		data = []byte(text)
	case "utf16le", "utf16be":
		for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
			low, high := byte(unit), byte(unit>>8)
			if args[0] == "utf16be" {
				low, high = high, low
			}
			data = append(data, low, high)
		}
	default:
		ts.Fatalf("encode: %q is not a way to encode", args[0])
	}
	ts.Check(os.WriteFile(path, data, 0o600))
}

// wantJSONError checks that stdout has the errors that --json prints, and the kind of
// the first one.
func wantJSONError(ts *testscript.TestScript, _ bool, args []string) {
	var answer struct {
		Errors []jsonError `json:"errors"`
	}
	d := json.NewDecoder(strings.NewReader(ts.ReadFile("stdout")))
	d.DisallowUnknownFields()
	ts.Check(d.Decode(&answer))
	if len(answer.Errors) == 0 || answer.Errors[0].Kind != args[0] || answer.Errors[0].Message == "" {
		ts.Fatalf("stdout has the errors %+v, want the first of kind %s", answer.Errors, args[0])
	}
}

func asSchemaSays(ts *testscript.TestScript, _ bool, args []string) {
	schema, err := jsonschema.NewCompiler().Compile("../../docs/report.schema.json")
	ts.Check(err)
	lines := 0
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		object, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
		ts.Check(err)
		if err := schema.Validate(object); err != nil {
			ts.Fatalf("%s: %v", line, err)
		}
		lines++
	}
	if lines == 0 {
		ts.Fatalf("%s has no line", args[0])
	}
}

func wantJSONLines(ts *testscript.TestScript, _ bool, args []string) {
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		var object map[string]any
		if err := json.Unmarshal([]byte(line), &object); err != nil {
			ts.Fatalf("%s: %q is not a JSON object: %v", args[0], line, err)
		}
	}
}
