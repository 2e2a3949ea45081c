package book

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
)

// rewritten are the parts that list the contents of a workbook, and the styles. Shared texts aren't among them
// because our sheets contain their own.
var rewritten = map[string]bool{
	"[Content_Types].xml": true, "_rels/.rels": true, "xl/workbook.xml": true, "xl/_rels/workbook.xml.rels": true, "xl/styles.xml": true,
}

var (
	activePart = regexp.MustCompile(`(?i)vbaProject|vbaData|^_xmlsignatures/`)
	activeLink = regexp.MustCompile(`(?i)<Relationship [^>]*(vbaProject|wordVbaData|digital-signature/origin)[^>]*>`)
	activeType = regexp.MustCompile(`(?i)<Override [^>]*(vbaProject|vbaData|_xmlsignatures)[^>]*>`)
)

var selected = regexp.MustCompile(` tabSelected="(1|true)"`)

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
