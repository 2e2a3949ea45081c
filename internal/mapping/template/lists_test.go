package template

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"officeimporter/internal/office"
)

// With longer texts, Excel says that the workbook is damaged.
const (
	maxErrorTitle = 32
	maxErrorText  = 225
)

func TestTemplateDropDowns(t *testing.T) {
	f := openTemplate(t)
	all, err := f.GetDataValidations("Offices")
	if err != nil {
		t.Fatal(err)
	}
	byRange := map[string]*excelize.DataValidation{}
	for _, dv := range all {
		byRange[dv.Sqref] = dv
		if dv.Error != nil && (utf8.RuneCountInString(*dv.Error) > maxErrorText || utf8.RuneCountInString(*dv.ErrorTitle) > maxErrorTitle) {
			t.Errorf("%s: %q, %q is too long", dv.Sqref, *dv.ErrorTitle, *dv.Error)
		}
	}
	for i := range office.Fields {
		field := &office.Fields[i]
		column, _ := excelize.ColumnNumberToName(i + 1)
		dv := byRange[column+"2:"+column+"5001"]
		want := choices(field)
		if want == nil {
			if dv != nil && field.Name != "ring_seconds" {
				t.Errorf("%s has a drop-down", field.Label)
			}
			continue
		}
		if dv == nil || dv.Type != "list" {
			t.Errorf("%s has no drop-down", field.Label)
			continue
		}
		if got := listed(t, f, dv.Formula1); !slices.Equal(got, want) {
			t.Errorf("%s offers %q, want %q", field.Label, got, want)
		}
	}
}

// listed are the values in a range of one column, such as Lists!$A$1:$A$7.
func listed(t *testing.T, f *excelize.File, where string) []string {
	t.Helper()
	sheet, cells, _ := strings.Cut(strings.ReplaceAll(where, "$", ""), "!")
	from, to, _ := strings.Cut(cells, ":")
	column, first, err1 := excelize.CellNameToCoordinates(from)
	_, last, err2 := excelize.CellNameToCoordinates(to)
	if err1 != nil || err2 != nil || first != 1 {
		t.Fatalf("range %q (%v, %v)", where, err1, err2)
	}
	columns, err := f.GetCols(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return columns[column-1][:last]
}

func TestTemplateRing(t *testing.T) {
	field := office.FieldByName("ring_seconds")
	for n, valid := range map[int64]bool{minRing - 1: false, minRing: true, maxRing: true, maxRing + 1: false} {
		if got := field.Check(n) == nil; got != valid {
			t.Errorf("the rule takes %d: %v, the template: %v", n, got, valid)
		}
	}
}
