package book

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"strings"

	"github.com/xuri/excelize/v2"
)

// open opens the workbook without macros and signatures, which wouldn't be valid in the copy.
func (o *userWorkbook) open() (*excelize.File, error) {
	file, err := excelize.OpenReader(bytes.NewReader(o.content), excelize.Options{UnzipSizeLimit: maxUserBytes, UnzipXMLSizeLimit: maxUserBytes})
	if err != nil {
		return nil, err
	}
	if err := o.recognize(file); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	file.Theme, file.CalcChain = nil, nil // so that they stay as they are
	dropActive(file)
	deselect(file)
	o.parts, o.changed = partsOf(file), maps.Clone(rewritten)
	return file, nil
}

// recognize makes sure that excelize finds the right sheet, because it ignores the case of names.
func (o *userWorkbook) recognize(file *excelize.File) error {
	found := 0
	for _, name := range file.GetSheetList() {
		if strings.EqualFold(name, o.sheet) {
			found++
		}
	}
	if _, usual := file.Pkg.Load("xl/workbook.xml"); found != 1 || !usual {
		return errors.New("its sheets can't be told apart")
	}
	return nil
}

// rewritten are the parts that list the contents of a workbook, and the styles. Shared texts aren't among them
// because our sheets contain their own.
var rewritten = map[string]bool{
	"[Content_Types].xml": true, "_rels/.rels": true, "xl/workbook.xml": true, "xl/_rels/workbook.xml.rels": true, "xl/styles.xml": true,
}

func partsOf(file *excelize.File) map[string][]byte {
	parts := map[string][]byte{}
	file.Pkg.Range(func(name, content any) bool {
		parts[name.(string)] = content.([]byte)
		return true
	})
	return parts
}

var (
	activePart = regexp.MustCompile(`(?i)vbaProject|vbaData|^_xmlsignatures/`)
	activeLink = regexp.MustCompile(`(?i)<Relationship [^>]*(vbaProject|wordVbaData|digital-signature/origin)[^>]*>`)
	activeType = regexp.MustCompile(`(?i)<Override [^>]*(vbaProject|vbaData|_xmlsignatures)[^>]*>`)
)

// dropActive removes macros, which .xlsx files can't have, and signatures, which no longer match.
func dropActive(file *excelize.File) {
	for name, content := range partsOf(file) {
		kept := content
		switch {
		case activePart.MatchString(name):
			file.Pkg.Delete(name)
			continue
		case strings.HasSuffix(name, ".rels"):
			kept = activeLink.ReplaceAll(content, nil)
		case name == "[Content_Types].xml":
			kept = activeType.ReplaceAll(content, nil)
		}
		if len(kept) != len(content) {
			file.Pkg.Store(name, kept)
			file.Relationships.Delete(name) // so that it is read again
		}
	}
}

var selected = regexp.MustCompile(` tabSelected="(1|true)"`)

// deselect deselects all sheets. The first one will be selected, and two selected sheets would be edited together.
func deselect(file *excelize.File) {
	const head = 1 << 16 // the views of a sheet come before its rows
	for name, content := range partsOf(file) {
		if !strings.HasPrefix(name, "xl/worksheets/") && !strings.HasPrefix(name, "xl/chartsheets/") {
			continue
		}
		size := min(len(content), head)
		if selected.Match(content[:size]) {
			file.Pkg.Store(name, append(selected.ReplaceAll(content[:size], nil), content[size:]...))
		}
	}
}

// verify makes sure that everything of the user's is unchanged, except for marks.
func (b *workbookReport) verify() error {
	if b.input == nil {
		return nil
	}
	for name, before := range b.input.parts {
		stored, _ := b.file.Pkg.Load(name)
		after, _ := stored.([]byte)
		switch {
		case strings.HasPrefix(name, "xl/worksheets/sheet") && b.input.changed[name]:
			if tag := lostTag(before, after); tag != "" {
				return fmt.Errorf("it can't be copied: of the elements called %s some would be lost", tag)
			}
		case !b.input.changed[name] && !bytes.Equal(before, after):
			return fmt.Errorf("it can't be copied: %s would change", name)
		}
	}
	return nil
}

// mayShrink are the tags that a sheet may have fewer of: empty cells and rows, and columns that are alike.
var mayShrink = map[string]bool{"c": true, "row": true, "col": true}

// lostTag returns the name of an element that the sheet has fewer of than before, or "". Empty elements don't count.
func lostTag(before, after []byte) string {
	counts := map[string]int{}
	for name := range tags(after) {
		counts[string(name)]++
	}
	for name, rest := range tags(before) {
		if mayShrink[string(name)] || bytes.HasPrefix(rest, []byte("></")) || bytes.HasPrefix(rest, []byte("/>")) {
			continue
		}
		if counts[string(name)]--; counts[string(name)] < 0 {
			return string(name)
		}
	}
	return ""
}
