package xlsx

import (
	"strconv"

	"officeimporter/internal/parse/sheet"
)

// StyleFormats has the number format of each style; cells refer to styles by number.
type StyleFormats []sheet.CellFormat

// format is the format of style i. Style 0 is the default and always valid, though some writers leave it out.
func (f StyleFormats) format(i int) (sheet.CellFormat, bool) {
	if i < len(f) {
		return f[i], true
	}
	return sheet.CellFormat{}, i == 0
}

func (p *xlsxPackage) readStyles(name string) (StyleFormats, error) {
	var (
		custom = make(map[int]string)
		ids    []int
		cells  bool
	)
	err := p.read(name, "the list of styles", MaxSmallPart, func(r *partReader) error {
		switch r.Depth() {
		case 2:
			cells = string(r.Name) == "cellXfs"
		case 3:
			id, _ := strconv.Atoi(string(r.Attr("numFmtId")))
			if string(r.Name) == "numFmt" {
				custom[id] = string(r.Attr("formatCode"))
			}
			if cells && string(r.Name) == "xf" {
				ids = append(ids, id)
			}
		}
		return nil
	})
	return formatsOf(ids, custom), err
}

// formatsOf looks up the codes after reading everything, as numFmts may come after cellXfs.
func formatsOf(ids []int, custom map[int]string) StyleFormats {
	known := make(map[int]sheet.CellFormat)
	formats := make(StyleFormats, len(ids))
	for i, id := range ids {
		format, ok := known[id]
		if !ok {
			code, isCustom := custom[id]
			if !isCustom {
				code = builtinFormat(id)
			}
			format = sheet.NewCellFormat(code)
			known[id] = format
		}
		formats[i] = format
	}
	return formats
}

// builtinFormats are the formats that a workbook names by number alone (ECMA-376 part 1, 18.8.30), as an American
// Excel shows them.
var builtinFormats = [...]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
	5: `"$"#,##0_);\("$"#,##0\)`, 6: `"$"#,##0_);[Red]\("$"#,##0\)`,
	7: `"$"#,##0.00_);\("$"#,##0.00\)`, 8: `"$"#,##0.00_);[Red]\("$"#,##0.00\)`,
	9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: "m/d/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
	18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yyyy h:mm",
	37: `#,##0_);\(#,##0\)`, 38: `#,##0_);[Red]\(#,##0\)`,
	39: `#,##0.00_);\(#,##0.00\)`, 40: `#,##0.00_);[Red]\(#,##0.00\)`,
	41: `_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)`, 42: `_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)`,
	43: `_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)`, 44: `_("$"* #,##0.00_);_("$"* \(#,##0.00\);_("$"* "-"??_);_(@_)`,
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}

// builtinFormat is General ("") for a number without a meaning.
func builtinFormat(id int) string {
	switch {
	case 0 <= id && id < len(builtinFormats) && builtinFormats[id] != "":
		return builtinFormats[id]
	case 32 <= id && id <= 33: // in Chinese, Japanese and Korean Excels
		return "h:mm"
	case 27 <= id && id <= 36, 50 <= id && id <= 58:
		return "yyyy/m/d"
	case 71 <= id && id <= 81: // in Thai Excels
		return "d/m/yyyy"
	}
	return ""
}
