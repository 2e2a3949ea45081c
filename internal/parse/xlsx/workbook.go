package xlsx

import (
	"strings"

	"officeimporter/internal/parse/snapshot"
)

// Workbook is an opened workbook: its list of sheets, and what their cells refer to. It isn't changed once it is
// open.
type Workbook struct {
	Parts      *xlsxPackage
	sheets     []sheetEntry // worksheets only, in tab order
	Date1904   bool
	Formats    StyleFormats
	strings    sharedStrings
	StyleParts map[string]string // names of the parts "styles" and "theme", if there are any
}

// sheetEntry is a worksheet in the workbook's list.
type sheetEntry struct {
	Name   string
	part   string // its name in the package
	hidden bool
}

// relationship is what an id in xl/workbook.xml refers to.
type relationship struct{ kind, part string }

func openWorkbook(src *snapshot.Snapshot) (*Workbook, error) {
	parts, err := openPackage(src)
	if err != nil {
		return nil, err
	}
	b := &Workbook{Parts: parts, StyleParts: make(map[string]string)}
	related, err := parts.relationships()
	if err != nil {
		return nil, err
	}
	if err := b.readList(related); err != nil {
		return nil, err
	}
	for _, r := range related {
		if r.kind == "styles" || r.kind == "theme" {
			b.StyleParts[r.kind] = r.part
		}
		switch r.kind {
		case "styles":
			b.Formats, err = parts.readStyles(r.part)
		case "sharedstrings":
			b.strings, err = parts.readStrings(r.part)
		}
		if err != nil {
			return nil, err
		}
	}
	return b, nil
}

// relationships maps ids to what they refer to. The kind is the last word of the type; what comes before it differs
// between the transitional and the strict form of the format.
func (p *xlsxPackage) relationships() (map[string]relationship, error) {
	related := make(map[string]relationship)
	err := p.read("xl/_rels/workbook.xml.rels", "the list of parts", MaxSmallPart, func(r *partReader) error {
		if string(r.Name) == "Relationship" {
			kind := string(r.Attr("Type"))
			kind = strings.ToLower(kind[strings.LastIndexByte(kind, '/')+1:])
			related[string(r.Attr("Id"))] = relationship{kind, resolve(string(r.Attr("Target")))}
		}
		return nil
	})
	return related, err
}

// readList reads xl/workbook.xml. It leaves out chart and dialog sheets, which have no cells.
func (b *Workbook) readList(related map[string]relationship) error {
	return b.Parts.read("xl/workbook.xml", "the list of sheets", MaxSmallPart, func(r *partReader) error {
		switch {
		case string(r.Name) == "workbookPr":
			b.Date1904 = isTrue(r.Attr("date1904"))
		case string(r.Name) == "sheet" && r.Depth() == 3:
			target := related[string(r.PrefixedAttr("id"))]
			if target.kind != "worksheet" {
				return nil
			}
			state := string(r.Attr("state"))
			b.sheets = append(b.sheets, sheetEntry{
				Name:   string(r.Attr("name")),
				part:   target.part,
				hidden: state == "hidden" || state == "veryHidden",
			})
		}
		return nil
	})
}

// isTrue reads a boolean as XML writes it; nil is false.
func isTrue(b []byte) bool { return string(b) == "1" || string(b) == "true" }
