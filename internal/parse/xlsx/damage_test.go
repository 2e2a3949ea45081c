package xlsx

import (
	"bytes"
	"maps"
	"strings"
	"testing"

	"officeimporter/internal/office"
	"officeimporter/internal/parse/parsetest"
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/sheettest"
	"officeimporter/internal/parse/xlsx/xmltoken"
)

// twoRows are sound rows below the heading.
const twoRows = sheettest.Header +
	`<row r="2"><c r="A2" t="inlineStr"><is><t>Main</t></is></c></row>` +
	`<row r="3"><c r="A3" t="inlineStr"><is><t>West</t></is></c></row>`

// TestDamageRefusesTheFile: if any part of a sheet can't be read, it must not give a single row.
func TestDamageRefusesTheFile(t *testing.T) {
	sheetX := "xl/worksheets/sheet1.xml"
	replaced := func(old, with string) func(sheettest.Workbook) {
		return func(b sheettest.Workbook) { b[sheetX] = strings.Replace(b[sheetX], old, with, 1) }
	}
	tests := map[string]struct {
		damage func(sheettest.Workbook)
		kind   office.ProblemKind
		says   string
	}{
		"cut":                  {func(b sheettest.Workbook) { b[sheetX] = b[sheetX][:len(b[sheetX])-60] }, "corrupt_sheet", "row 3"},
		"cut between rows":     {replaced(`<row r="3">`+sheettest.Inline("A3", "West")+`</row></sheetData></worksheet>`, ``), "corrupt_sheet", "row 2"},
		"no end of worksheet":  {replaced(`</worksheet>`, ``), "corrupt_sheet", "ends"},
		"tag":                  {replaced(`<row r="3">`, `<row r="3" <>`), "corrupt_sheet", "row 2"},
		"entity":               {replaced(`West`, `We&nbsp;st`), "corrupt_sheet", "&nbsp;"},
		"control character":    {replaced(`West`, "We\x0bst"), "corrupt_sheet", "0x0b"},
		"Latin-1":              {replaced(`West`, "Z\xfcrich"), "corrupt_sheet", "0xfc"},
		"DOCTYPE":              {replaced(`<worksheet`, `<!DOCTYPE w [<!ENTITY a "b">]><worksheet`), "corrupt_sheet", "DOCTYPE"},
		"UTF-16":               {func(b sheettest.Workbook) { b[sheetX] = "\xff\xfe<\x00" }, "corrupt_sheet", "UTF-16"},
		"declared Latin-1":     {replaced(`encoding="UTF-8"`, `encoding="ISO-8859-1"`), "corrupt_sheet", "ISO-8859-1"},
		"cell reference":       {replaced(`r="A3"`, `r="abc"`), "corrupt_sheet", `"abc"`},
		"cell of another row":  {replaced(`r="A3"`, `r="A4"`), "corrupt_sheet", `"A4"`},
		"cell too far right":   {replaced(`r="A3"`, `r="XFE3"`), "corrupt_sheet", `"XFE3"`},
		"row number":           {replaced(`<row r="3">`, `<row r="x">`), "corrupt_sheet", `"x"`},
		"row zero":             {replaced(`<row r="3">`, `<row r="0">`), "corrupt_sheet", `"0"`},
		"row too far down":     {replaced(`<row r="3">`, `<row r="1048577">`), "corrupt_sheet", "1048577"},
		"row twice":            {replaced(`<row r="3"><c r="A3"`, `<row r="2"><c r="A2"`), "corrupt_sheet", "row 2 twice"},
		"cell twice":           {replaced(`West</t></is></c>`, `West</t></is></c>`+sheettest.Inline("A3", "East")), "corrupt_sheet", "A3"},
		"style":                {replaced(`r="A3"`, `r="A3" s="x"`), "corrupt_sheet", `"x"`},
		"merged range":         {replaced(`</worksheet>`, `<mergeCells><mergeCell ref="B3:A2"/></mergeCells></worksheet>`), "corrupt_sheet", "B3:A2"},
		"columns":              {replaced(`<sheetData>`, `<cols><col min="2" max="x" hidden="1"/></cols><sheetData>`), "corrupt_sheet", `"x"`},
		"other root":           {func(b sheettest.Workbook) { b[sheetX] = `<chartsheet/>` }, "corrupt_sheet", "chartsheet"},
		"empty part":           {func(b sheettest.Workbook) { b[sheetX] = "" }, "corrupt_sheet", "no root"},
		"no part":              {func(b sheettest.Workbook) { delete(b, sheetX) }, "corrupt_file", "sheet1.xml"},
		"texts cut":            {func(b sheettest.Workbook) { b["xl/sharedStrings.xml"] = "<sst><si><t>name</t>" }, "corrupt_sheet", "sharedStrings"},
		"styles cut":           {func(b sheettest.Workbook) { b["xl/styles.xml"] = "<styleSheet>" }, "corrupt_sheet", "styles"},
		"list cut":             {func(b sheettest.Workbook) { b["xl/workbook.xml"] += "<" }, "corrupt_sheet", "workbook.xml"},
		"no relationships":     {func(b sheettest.Workbook) { delete(b, "xl/_rels/workbook.xml.rels") }, "corrupt_file", "workbook.xml.rels"},
		"part twice":           {func(b sheettest.Workbook) { b[`xl\worksheets\sheet1.xml`] = b[sheetX] }, "corrupt_file", "twice"},
		"heading out of texts": {func(b sheettest.Workbook) { b["xl/sharedStrings.xml"] = sheettest.StringsXML("name") }, "corrupt_sheet", "text 1"},
		"too long a text":      {replaced("West", strings.Repeat("West", xmltoken.MaxToken/4+1)), "too_large", "1 MiB"},
		"too large":            {func(b sheettest.Workbook) { b["xl/styles.xml"] = strings.Repeat(" ", MaxSmallPart+1) }, "too_large", "16 MiB"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			b := sheettest.New(twoRows, "")
			before := maps.Clone(b)
			tt.damage(b)
			if maps.Equal(before, b) {
				t.Fatal("nothing was damaged")
			}
			s, err := openPath(b.Save(t), sheet.Options{Known: knowsTwo})
			if err == nil {
				t.Fatalf("opened, with rows %q", sheettest.Lines(sheettest.AllRows(t, s)))
			}
			p := parsetest.RefusalOf(t, err)
			if p.Kind != tt.kind || !strings.Contains(p.Message, tt.says) {
				t.Errorf("refused as %s: %s; want %s and %q", p.Kind, p.Message, tt.kind, tt.says)
			}
		})
	}
}

func knowsTwo(heading string) bool { return heading == "name" || heading == "country" }

// TestChecksums changes bytes of an uncompressed part.
func TestChecksums(t *testing.T) {
	b := sheettest.New(twoRows+`<row r="4">`+sheettest.Inline("A4", strings.Repeat("x", 200))+`</row>`, "")
	content := b.Zip(t)
	sizes := []string{"declared", "real"}
	for _, name := range sizes {
		t.Run(name, func(t *testing.T) {
			damaged := bytes.Clone(content)
			at := bytes.Index(damaged, []byte("xl/worksheets/sheet1.xml")) + len("xl/worksheets/sheet1.xml") + 20
			if name == "declared" { // the size in the directory, which comes last
				at = bytes.LastIndex(damaged, []byte("xl/worksheets/sheet1.xml")) - 46 + 24
			}
			damaged[at] ^= 0x10
			_, err := openPath(sheettest.SaveWorkbook(t, damaged), sheet.Options{})
			if err == nil {
				t.Fatal("opened")
			}
			if p := parsetest.RefusalOf(t, err); p.Kind != "corrupt_file" && p.Kind != "corrupt_sheet" {
				t.Errorf("refused as %s: %s", p.Kind, p.Message)
			}
		})
	}
}

// TestBoundedReader: a header may declare less than there is.
func TestBoundedReader(t *testing.T) {
	for _, n := range []int{9, 10, 11} {
		x := &boundedReader{strings.NewReader(strings.Repeat("x", n)), 10}
		var got bytes.Buffer
		_, err := got.ReadFrom(x)
		if (err != nil) != (n > 10) {
			t.Errorf("%d bytes of at most 10: %v", n, err)
		}
	}
}
