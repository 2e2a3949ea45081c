package xlsx

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/parse/sheettest"
)

// cellOf opens a workbook with the cell in A2 and reads it back.
func cellOf(t *testing.T, cell, pr string, formats ...string) (sheet.Row, sheet.Cell) {
	t.Helper()
	b := sheettest.New(sheettest.Header+`<row r="2">`+cell+sheettest.Inline("B2", "US")+`</row>`, "")
	b["xl/styles.xml"] = sheettest.StylesXML(append([]string{"General"}, formats...)...)
	b["xl/sharedStrings.xml"] = `<sst><si><t>name</t></si><si><t>country</t></si>` +
		`<si><r><t xml:space="preserve">Main </t></r><r><rPr><b/></rPr><t>Office</t></r></si>` +
		`<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si>` +
		`<si><t>a_x000D__x000a_b_x005F_x0041_ _x00e9_ _xZZZZ_ _x0000_</t></si><si/></sst>`
	if pr != "" {
		b["xl/workbook.xml"] = `<workbook xmlns:r="r"><workbookPr ` + pr + `/><sheets><sheet name="S" r:id="rId1"/></sheets></workbook>`
	}
	rows := sheettest.AllRows(t, openParts(t, b, sheet.Options{}))
	if len(rows) != 1 || len(rows[0].Cells) != 2 {
		t.Fatalf("read %v", rows)
	}
	return rows[0], rows[0].Cells[0]
}

func TestCellKinds(t *testing.T) {
	tests := map[string]struct {
		xml  string
		want sheet.Cell
	}{
		"shared text":              {`<c r="A2" t="s"><v>0</v></c>`, sheet.Cell{Kind: sheet.Text, Raw: "name"}},
		"runs":                     {`<c r="A2" t="s"><v> 2 </v></c>`, sheet.Cell{Kind: sheet.Text, Raw: "Main Office"}},
		"no furigana":              {`<c r="A2" t="s"><v>3</v></c>`, sheet.Cell{Kind: sheet.Text, Raw: "東京"}},
		"escapes":                  {`<c r="A2" t="s"><v>4</v></c>`, sheet.Cell{Kind: sheet.Text, Raw: "a\r\nb_x0041_ é _xZZZZ_ _x0000_"}},
		"empty text":               {`<c r="A2" t="s"><v>5</v></c>`, sheet.Cell{}},
		"no text":                  {`<c r="A2" t="s"/>`, sheet.Cell{}},
		"inline runs":              {`<c r="A2" t="inlineStr"><is><r><t>a</t></r><rPh><t>x</t></rPh><r><t> b</t></r></is></c>`, sheet.Cell{Kind: sheet.Text, Raw: "a b"}},
		"inline value":             {`<c r="A2" t="inlineStr"><v>a</v></c>`, sheet.Cell{Kind: sheet.Text, Raw: "a"}},
		"white space":              {`<c r="A2" t="inlineStr"><is><t xml:space="preserve"> &#xA0;&#x200B; </t></is></c>`, sheet.Cell{}},
		"outer space kept":         {`<c r="A2" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>`, sheet.Cell{Kind: sheet.Text, Raw: " a "}},
		"text guard":               {`<c r="A2" t="str"><v>="02134"</v></c>`, sheet.Cell{Kind: sheet.Text, Raw: "02134"}},
		"text of a formula":        {`<c r="A2" t="str"><f>TEXT(2134,"00000")</f><v>02134</v></c>`, sheet.Cell{Kind: sheet.Text, Raw: "02134"}},
		"empty text of a formula":  {`<c r="A2" t="str"><f>""</f><v></v></c>`, sheet.Cell{}},
		"number of a formula":      {`<c r="A2"><f>5*6</f><v>30</v></c>`, sheet.Cell{Kind: sheet.Number, Raw: "30"}},
		"formula without value":    {`<c r="A2"><f>"a"&amp;B1</f></c>`, sheet.Cell{Kind: sheet.Formula, Raw: `="a"&B1`}},
		"formula with empty value": {`<c r="A2"><f>B1</f><v/></c>`, sheet.Cell{Kind: sheet.Formula, Raw: "=B1"}},
		"child of a shared one":    {`<c r="A2"><f t="shared" si="0"/></c>`, sheet.Cell{Kind: sheet.Formula, Raw: "="}},
		"true":                     {`<c r="A2" t="b"><v>1</v></c>`, sheet.Cell{Kind: sheet.Bool, Raw: "TRUE"}},
		"false":                    {`<c r="A2" t="b"><v>0</v></c>`, sheet.Cell{Kind: sheet.Bool, Raw: "FALSE"}},
		"error":                    {`<c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c>`, sheet.Cell{Kind: sheet.Error, Raw: "#DIV/0!"}},
		"error typed as text":      {`<c r="A2" t="str"><v>#N/A</v></c>`, sheet.Cell{Kind: sheet.Error, Raw: "#N/A"}},
		"all digits":               {`<c r="A2"><v>6012345678901234567</v></c>`, sheet.Cell{Kind: sheet.Number, Raw: "6012345678901234567"}},
		"type n":                   {`<c r="A2" t="n"><v>6.01E+18</v></c>`, sheet.Cell{Kind: sheet.Number, Raw: "6.01E+18"}},
		"zeros":                    {`<c r="A2" s="1"><v>2134</v></c>`, sheet.Cell{Kind: sheet.Number, Raw: "2134", Format: "00000"}},
		"time":                     {`<c r="A2" s="2"><v>0.75</v></c>`, sheet.Cell{Kind: sheet.DateTime, Raw: "0.75", Format: "h:mm", Serial: 0.75}},
		"iso":                      {`<c r="A2" t="d"><v>2026-12-08T18:00:00</v></c>`, sheet.Cell{Kind: sheet.DateTime, Raw: "2026-12-08T18:00:00", Serial: 46364.75}},
		"iso that is none":         {`<c r="A2" t="d"><v>2026-13-08</v></c>`, sheet.Cell{Kind: sheet.Text, Raw: "2026-13-08"}},
		"CDATA and comments":       {`<c r="A2" t="str"><v>a<!-- no --><![CDATA[<b>&]]></v></c>`, sheet.Cell{Kind: sheet.Text, Raw: "a<b>&"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			row, got := cellOf(t, tt.xml, "", "00000", "h:mm")
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if len(row.Problems) > 0 {
				t.Errorf("problems: %v", row.Problems)
			}
		})
	}
}

func TestDamagedCellsAreProblemsOfTheirRow(t *testing.T) {
	for name, xml := range map[string]string{
		"no such text":     `<c r="A2" t="s"><v>999</v></c>`,
		"text by a word":   `<c r="A2" t="s"><v>x</v></c>`,
		"negative text":    `<c r="A2" t="s"><v>-1</v></c>`,
		"no such style":    `<c r="A2" s="7"><v>46151</v></c>`,
		"hexadecimal":      `<c r="A2"><v>0x1F</v></c>`,
		"infinite":         `<c r="A2"><v>INF</v></c>`,
		"no digits":        `<c r="A2"><v>.</v></c>`,
		"no exponent":      `<c r="A2"><v>1E</v></c>`,
		"maybe":            `<c r="A2" t="b"><v>2</v></c>`,
		"unheard-of type":  `<c r="A2" t="q"><v>2</v></c>`,
		"text as a number": `<c r="A2"><v>US</v></c>`,
	} {
		t.Run(name, func(t *testing.T) {
			row, cell := cellOf(t, xml, "")
			if cell.Kind != sheet.Error {
				t.Errorf("cell is %v, want an error", cell)
			}
			if len(row.Problems) != 1 {
				t.Fatalf("problems: %v", row.Problems)
			}
			p := row.Problems[0]
			if p.Row != 2 || p.Column != "name" || p.Kind != "corrupt_sheet" {
				t.Errorf("problem %+v", p)
			}
		})
	}
}

func Test1904(t *testing.T) {
	tests := map[string]struct {
		style  string
		raw    string
		serial float64
	}{
		"date":     {"1", "44689", 46151},
		"clock":    {"2", "0.75", 0.75},
		"duration": {"3", "1", 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, c := cellOf(t, `<c r="A2" s="`+tt.style+`"><v>`+tt.raw+`</v></c>`, `date1904="1"`, "d/m/yyyy", "h:mm", "[h]:mm")
			if c.Kind != sheet.DateTime || math.Abs(c.Serial-tt.serial) > 1e-9 || c.Raw != tt.raw {
				t.Errorf("read %+v, want serial %v", c, tt.serial)
			}
		})
	}
}

func TestISOSerial(t *testing.T) {
	for text, want := range map[string]float64{
		"2026-05-09": 46151, "1900-01-01": 1, "1900-02-28": 59, "1900-03-01": 61, "9999-12-31": 2958465,
		"1899-12-31T08:00:00": 1.0 / 3, "08:00:00": 1.0 / 3, "2026-05-09T12:00:00.000Z": 46151.5, "2026-05-09T12:00": 46151.5,
	} {
		if got, ok := sheet.ISOSerial(text); !ok || math.Abs(got-want) > 1e-9 {
			t.Errorf("ISOSerial(%q) = %v, %v; want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "2026", "9-5", "2026-02-30", "25:00:00"} {
		if got, ok := sheet.ISOSerial(text); ok {
			t.Errorf("ISOSerial(%q) = %v, want none", text, got)
		}
	}
}
