package book

import (
	"regexp"
	"slices"
	"strings"

	"officeimporter/internal/report"
	"officeimporter/internal/workbook"
)

// note adds comments, except to cells that already have one.
func (m *marker) note(part string) error {
	taken, can, err := m.taken(part)
	if err != nil {
		return err
	}
	if !can {
		m.say("what is wrong with a cell stands in the sheet %q alone: next to the comments of your sheet there is no place for more", m.resultsName)
		return nil
	}
	notes, left := workbook.Notes{File: m.file, Sheet: m.input.sheet}, 0
	for _, cell := range m.order {
		added := false
		if !taken[cell] {
			if added, err = notes.Add(cell, m.marks[cell].text); err != nil {
				return err
			}
		}
		if !added {
			left++
		}
	}
	if left > 0 {
		m.say("%s coloured cells have no comment that tells why, as they have one of yours or there are too many; the sheet %q tells", report.Thousands(left), m.resultsName)
	}
	return nil
}

var (
	relationship = regexp.MustCompile(`<(?:\w+:)?Relationship [^>]*>`)
	commentsPart = regexp.MustCompile(`Target="(?:\.\.|/xl)/comments(\d+)\.xml"`)
	drawingPart  = regexp.MustCompile(`Target="(?:\.\.|/xl)/drawings/vmlDrawing(\d+)\.vml"`)
)

// taken returns the cells that have a comment from the user. can is false if no comments can be added: excelize finds
// the comments of a sheet by the numbers of their parts, and could mix them up.
func (m *marker) taken(part string) (cells map[string]bool, can bool, err error) {
	cells = map[string]bool{}
	links := "xl/worksheets/_rels/" + part + ".rels"
	m.input.changed[links] = true
	var comments, drawings []string
	for _, link := range relationship.FindAllString(string(m.input.parts[links]), -1) {
		switch {
		case m.simple, strings.Contains(link, "/threadedComment"):
			return nil, false, nil
		case strings.Contains(link, `/comments"`):
			comments = append(comments, firstGroup(commentsPart, link))
		case strings.Contains(link, `/vmlDrawing"`):
			drawings = append(drawings, firstGroup(drawingPart, link))
		}
	}
	if m.simple {
		return nil, false, nil
	}
	if len(comments)+len(drawings) == 0 {
		return cells, true, nil
	}
	if len(comments) != 1 || !slices.Equal(comments, drawings) || comments[0] == "" {
		return nil, false, nil
	}
	m.input.changed["xl/comments"+comments[0]+".xml"] = true
	m.input.changed["xl/drawings/vmlDrawing"+comments[0]+".vml"] = true
	own, err := m.file.GetComments(m.input.sheet)
	for _, c := range own {
		cells[c.Cell] = true
	}
	return cells, err == nil, err
}

func firstGroup(pattern *regexp.Regexp, text string) string {
	if found := pattern.FindStringSubmatch(text); found != nil {
		return found[1]
	}
	return ""
}
