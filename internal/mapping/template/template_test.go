package template

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"officeimporter/internal/mapping"
	"officeimporter/internal/office"
	"officeimporter/internal/parse"
	"officeimporter/internal/parse/sheet"
)

func templateBytes(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func openTemplate(t *testing.T) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(templateBytes(t)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// templateRequests checks a file as the program does.
func templateRequests(t *testing.T, path string) []*office.Request {
	t.Helper()
	m, err := mapping.New(mapping.Options{})
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := parse.Open(path, sheet.Options{Known: m.Known, Required: m.RequiredHeading})
	if err != nil {
		t.Fatal(err)
	}
	defer sheet.Close()
	plan, err := m.Bind(sheet)
	if err != nil {
		t.Fatal(err)
	}
	if w := plan.Warnings(); len(w) > 0 {
		t.Errorf("warnings about the file: %v", w)
	}
	var requests []*office.Request
	for r, err := range plan.Requests() {
		if err != nil {
			t.Fatal(err)
		}
		requests = append(requests, r)
	}
	return requests
}

// The examples of all fields, typed into the template, make a valid office.
func TestTemplateFilledIn(t *testing.T) {
	f := openTemplate(t)
	for i := range office.Fields {
		cell, _ := excelize.CoordinatesToCellName(i+1, 2)
		if err := f.SetCellStr("Offices", cell, office.Fields[i].Example); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "offices.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	requests := templateRequests(t, path)
	if len(requests) != 1 {
		t.Fatalf("%d requests, want 1", len(requests))
	}
	r := requests[0]
	if len(r.Problems)+len(r.Warnings) > 0 {
		t.Errorf("problems %v, warnings %v", r.Problems, r.Warnings)
	}
	if problems, warnings := office.Validate(&r.Office); len(problems)+len(warnings) > 0 {
		t.Errorf("the office is not valid: %v %v", problems, warnings)
	}
	for i := range office.Fields {
		if f := &office.Fields[i]; !f.Has(&r.Office) {
			t.Errorf("%s is lost", f.Name)
		}
	}
}

// The empty template has no offices, and needs no --sheet: neither Read me nor Lists looks like a sheet of offices.
func TestTemplateEmpty(t *testing.T) {
	path := filepath.Join(t.TempDir(), "offices.xlsx")
	if err := os.WriteFile(path, templateBytes(t), 0o600); err != nil {
		t.Fatal(err)
	}
	m, err := mapping.New(mapping.Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = parse.Open(path, sheet.Options{Known: m.Known, Required: m.RequiredHeading})
	input, ok := errors.AsType[*office.InputError](err)
	if !ok || len(input.Problems) != 1 || input.Problems[0].Kind != "no_rows" {
		t.Errorf("got %v, want no_rows", err)
	}
}

func TestTemplateSheets(t *testing.T) {
	f := openTemplate(t)
	if got := f.GetSheetList(); !slices.Equal(got, []string{"Offices", "Read me", "Lists"}) {
		t.Errorf("sheets %q", got)
	}
	for sheet, want := range map[string]bool{"Offices": true, "Read me": true, "Lists": false} {
		if got, err := f.GetSheetVisible(sheet); err != nil || got != want {
			t.Errorf("%s is visible: %v, want %v (%v)", sheet, got, want, err)
		}
	}
	if panes, err := f.GetPanes("Offices"); err != nil || !panes.Freeze || panes.XSplit != 1 || panes.YSplit != 1 {
		t.Errorf("panes %+v (%v)", panes, err)
	}
}

func TestTemplateHeadings(t *testing.T) {
	f := openTemplate(t)
	rows, err := f.GetRows("Offices")
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d rows, want the headings alone (%v)", len(rows), err)
	}
	comments, err := f.GetComments("Offices")
	if err != nil || len(comments) != len(office.Fields) {
		t.Fatalf("%d comments, want %d (%v)", len(comments), len(office.Fields), err)
	}
	for i := range office.Fields {
		field := &office.Fields[i]
		if rows[0][i] != field.Label {
			t.Errorf("heading %d is %q, want %q", i+1, rows[0][i], field.Label)
		}
		text := plain(comments[i])
		for _, want := range []string{field.Name, field.Help, field.Example} {
			if !strings.Contains(text, want) {
				t.Errorf("the comment on %q lacks %q:\n%s", field.Label, want, text)
			}
		}
	}
}

func plain(c excelize.Comment) string {
	var b strings.Builder
	for _, run := range c.Paragraph {
		b.WriteString(run.Text)
	}
	return b.String()
}

// Excel must keep what is typed: 02134, ids of 19 digits, 8-12.
func TestTemplateFormats(t *testing.T) {
	f := openTemplate(t)
	for i := range office.Fields {
		field := &office.Fields[i]
		column, _ := excelize.ColumnNumberToName(i + 1)
		id, err := f.GetColStyle("Offices", column)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		if got := style.NumFmt == 49; got != keepsText(field.Kind) {
			t.Errorf("%s (%s) is formatted as text: %v", field.Label, field.Kind, got)
		}
	}
}

func TestKeepsText(t *testing.T) {
	for _, k := range []office.Kind{office.Text, office.Postal, office.Region, office.ID, office.Phone, office.DayHours, office.Menu} {
		if !keepsText(k) {
			t.Errorf("%s may be changed by a spreadsheet program", k)
		}
	}
}

func TestTemplateIsTheSameEveryTime(t *testing.T) {
	if !bytes.Equal(templateBytes(t), templateBytes(t)) {
		t.Error("two templates differ")
	}
}

type fullDisk struct{}

var errFullDisk = errors.New("no space left on device")

func (fullDisk) Write([]byte) (int, error) { return 0, errFullDisk }

func TestTemplateWriteError(t *testing.T) {
	if err := Write(fullDisk{}); !errors.Is(err, errFullDisk) {
		t.Errorf("got %v, want %v", err, errFullDisk)
	}
}
