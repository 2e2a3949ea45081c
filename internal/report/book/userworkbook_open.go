package book

import (
	"bytes"
	"errors"
	"maps"
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

func partsOf(file *excelize.File) map[string][]byte {
	parts := map[string][]byte{}
	file.Pkg.Range(func(name, content any) bool {
		parts[name.(string)] = content.([]byte)
		return true
	})
	return parts
}

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
