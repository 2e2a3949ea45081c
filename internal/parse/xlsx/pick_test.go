package xlsx

import (
	"fmt"
	"strings"
	"testing"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/parsetest"
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/sheettest"
)

// manySheets is a workbook with sheets given as "name" or "name:hidden". Those with an "O" in their name have
// offices, the others a text.
func manySheets(sheets ...string) sheettest.Workbook {
	b := sheettest.New("", "")
	var list, rels strings.Builder
	for i, s := range sheets {
		name, state, _ := strings.Cut(s, ":")
		kind := "worksheet"
		if state == "chart" {
			kind, state = "chartsheet", ""
		}
		part := fmt.Sprintf("worksheets/sheet%d.xml", i+1)
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d" state="%s" r:id="rId%d"/>`, name, i+1, state, i+1)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/%s" Target="/xl/%s"/>`, i+1, kind, part)
		rows := `<row><c t="inlineStr"><is><t>please read</t></is></c></row>`
		if strings.ContainsAny(name, "Oo") {
			rows = `<row>` + strings.ReplaceAll(sheettest.Inline("", "name")+sheettest.Inline("", "country"), ` r=""`, "") + `</row>` +
				`<row><c t="str"><v>` + name + `</v></c></row>`
		}
		b["xl/"+part] = sheettest.SheetXML(rows, "")
	}
	b["xl/workbook.xml"] = `<x:workbook xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:r="r"><x:sheets>` +
		strings.ReplaceAll(list.String(), "<sheet", "<x:sheet") + `</x:sheets></x:workbook>`
	b["xl/_rels/workbook.xml.rels"] = `<Relationships>` + rels.String() + `</Relationships>`
	return b
}

func TestPick(t *testing.T) {
	tests := map[string]struct {
		sheets  []string
		named   string
		want    string
		refused office.ProblemKind
		says    string
		skipped string
	}{
		"alone":             {sheets: []string{"Offices"}, want: "Offices"},
		"behind a page":     {sheets: []string{"Read me", "Offices"}, want: "Offices"},
		"behind a chart":    {sheets: []string{"Oh:chart", "Offices"}, want: "Offices"},
		"hidden ones":       {sheets: []string{"Old:hidden", "Lists:veryHidden", "Offices"}, want: "Offices", skipped: "Old"},
		"two fit":           {sheets: []string{"One", "Two"}, refused: "ambiguous_sheet", says: `"One", "Two"; name one with --sheet`},
		"equal but case":    {sheets: []string{"Offices", "OFFICES"}, refused: "ambiguous_sheet", says: `"Offices", "OFFICES"`},
		"none fits":         {sheets: []string{"a", "b"}, refused: "no_header", says: `"a", "b"`},
		"all hidden":        {sheets: []string{"Offices:hidden"}, refused: "no_header", says: "none"},
		"named":             {sheets: []string{"One", "Two"}, named: "Two", want: "Two"},
		"named, hidden":     {sheets: []string{"One", "Two:hidden"}, named: "Two", want: "Two"},
		"named by case":     {sheets: []string{"Offices", "OFFICES"}, named: "OFFICES", want: "OFFICES"},
		"named loosely":     {sheets: []string{"One&#xA0;", "Two"}, named: "one", want: "One\u00a0"},
		"named too loosely": {sheets: []string{"Offices", "OFFICES"}, named: "offices", refused: "ambiguous_sheet"},
		"no such":           {sheets: []string{"One", "Two"}, named: "Three", refused: "no_such_sheet", says: `"One", "Two"`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s, err := openPath(manySheets(tt.sheets...).Save(t), sheet.Options{Sheet: tt.named, Known: knowsTwo})
			if err != nil {
				if p := parsetest.RefusalOf(t, err); p.Kind != tt.refused || !strings.Contains(p.Message, tt.says) {
					t.Errorf("refused as %s: %s", p.Kind, p.Message)
				}
				return
			}
			defer s.Close()
			if s.Name != tt.want || tt.refused != "" {
				t.Errorf("opened %q, want %q %s", s.Name, tt.want, tt.refused)
			}
			var skipped []string
			for _, w := range s.Warnings {
				skipped = append(skipped, w.Value)
			}
			if strings.Join(skipped, " ") != tt.skipped {
				t.Errorf("warnings %v, want of %q", s.Warnings, tt.skipped)
			}
		})
	}
}

// TestUnreadableSheetIsNotOverlooked: it might be the right one.
func TestUnreadableSheetIsNotOverlooked(t *testing.T) {
	b := manySheets("One", "Other")
	b["xl/worksheets/sheet1.xml"] = `<worksheet><sheetData><row`
	_, err := openPath(b.Save(t), sheet.Options{Known: knowsTwo})
	if err == nil {
		t.Fatal("opened")
	}
	if p := parsetest.RefusalOf(t, err); p.Kind != "corrupt_sheet" || !strings.Contains(p.Message, `"One"`) {
		t.Errorf("refused as %s: %s", p.Kind, p.Message)
	}
}

func TestWhatIsSaidOfTheSheet(t *testing.T) {
	s := openParts(t, sheettest.New(twoRows, ""), sheet.Options{HeaderRow: 1})
	if s.Name != "Offices" || s.Format != "xlsx" || s.Unit != "row" || s.HeaderRow != 1 || len(s.Columns) != 2 || s.Columns[1].Letter != "B" {
		t.Errorf("opened %+v", s)
	}
}

func TestOddContainers(t *testing.T) {
	tests := map[string]func(sheettest.Workbook){
		"backslashes": func(b sheettest.Workbook) {
			for name, part := range map[string]string{"xl/worksheets/sheet1.xml": "", "xl/workbook.xml": "", "xl/_rels/workbook.xml.rels": ""} {
				part = b[name]
				delete(b, name)
				b[strings.ReplaceAll(name, "/", `\`)] = part
			}
		},
		"other case": func(b sheettest.Workbook) {
			b["xl/Worksheets/Sheet1.xml"] = b["xl/worksheets/sheet1.xml"]
			delete(b, "xl/worksheets/sheet1.xml")
		},
		"byte order mark": func(b sheettest.Workbook) {
			b["xl/worksheets/sheet1.xml"] = "\ufeff" + b["xl/worksheets/sheet1.xml"]
		},
		"no styles": func(b sheettest.Workbook) {
			delete(b, "xl/styles.xml")
			b["xl/_rels/workbook.xml.rels"] = strings.Replace(b["xl/_rels/workbook.xml.rels"], "/styles", "/theme", 1)
		},
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			b := sheettest.New(twoRows, "")
			change(b)
			if got := strings.Join(sheettest.Lines(sheettest.AllRows(t, openParts(t, b, sheet.Options{Known: knowsTwo}))), " "); got != "2|Main 3|West" {
				t.Errorf("rows %q", got)
			}
		})
	}
}
