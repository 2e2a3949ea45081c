package fix

import (
	"github.com/xuri/excelize/v2"

	"officeimporter/internal/parse/xlsx"
	"officeimporter/internal/workbook"
)

// excerptStyles has the old workbook's styles by their old numbers, and painted ones.
type excerptStyles struct {
	*workbook.Painter
	file    *excelize.File
	wrapped int // style of the added columns
	known   int // number of styles in the old workbook
	// formatStyles are the new styles' numbers if the old styles couldn't be copied.
	formatStyles []int
}

func newExcerptStyles(file *excelize.File, book *xlsx.Workbook) (*excerptStyles, error) {
	s := &excerptStyles{file: file, known: len(book.Formats)}
	if err := s.copyStyles(book); err != nil {
		return nil, err
	}
	s.Painter = workbook.NewPainter(file)
	var err error
	s.wrapped, err = file.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	return s, err
}

// copyStyles copies the theme and the list of styles unchanged.
func (s *excerptStyles) copyStyles(book *xlsx.Workbook) error {
	if theme := book.StyleParts["theme"]; theme != "" {
		if content, err := book.Parts.Content(theme, "the theme", xlsx.MaxSmallPart); err == nil { // without it, only colours are lost
			s.file.Theme = nil
			s.file.Pkg.Store("xl/theme/theme1.xml", content)
		}
	}
	if len(book.Formats) == 0 {
		return nil
	}
	content, err := book.Parts.Content(book.StyleParts["styles"], "the list of styles", xlsx.MaxSmallPart)
	if err != nil {
		return err
	}
	plain := s.file.Styles
	s.file.Styles = nil
	s.file.Pkg.Store("xl/styles.xml", content)
	if _, err := s.file.GetStyle(0); err != nil { // this makes excelize read the list
		s.file.Styles = plain
		return s.copyFormats(book.Formats)
	}
	return nil
}

// copyFormats makes styles from the number formats alone, for a list of styles that excelize can't read.
func (s *excerptStyles) copyFormats(formats xlsx.StyleFormats) (err error) {
	s.formatStyles = make([]int, len(formats))
	for i, format := range formats {
		if format.Code == "" {
			continue
		}
		if s.formatStyles[i], err = s.file.NewStyle(&excelize.Style{CustomNumFmt: &format.Code}); err != nil {
			return err
		}
	}
	return nil
}

// styleNumber is the new number of an old style, or 0 for the plain style if there is no such style.
func (s *excerptStyles) styleNumber(style int) int {
	switch {
	case style >= s.known:
		return 0
	case s.formatStyles != nil:
		return s.formatStyles[style]
	}
	return style
}
