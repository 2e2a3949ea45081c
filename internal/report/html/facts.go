package html

import (
	"encoding/json"
	"io"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

// pageData is what the page's script knows besides the rows.
type pageData struct {
	Unit     string              `json:"unit"`
	IDs      bool                `json:"ids"`
	Fields   []pageField         `json:"fields"` // all, in the order of office.Fields
	Columns  []report.Column     `json:"columns"`
	Groups   []groupData         `json:"groups"`
	Readings []office.Reading    `json:"readings"` // see readingTable
	Rules    map[string]ruleData `json:"rules"`
}

type pageField struct {
	Name  string `json:"name"`
	Label string `json:"label"`
}

// ruleData describes a rule of a reading. A trivial rule never changes the meaning.
type ruleData struct {
	Words   string `json:"words"`
	Trivial bool   `json:"trivial,omitempty"`
}

// groupData says which problems belong to a group.
type groupData struct {
	Number  int                `json:"number"`
	Warning bool               `json:"warning,omitempty"`
	Kind    office.ProblemKind `json:"kind"`
	Place   string             `json:"place,omitempty"`
	Words   string             `json:"words,omitempty"` // the server's words; empty: any that no other group has
}

// ruleWords describes how a cell was read, by Reading.Rule.
var ruleWords = map[string]string{
	"spelling": "spelled as the API spells it", "number": "written as a number", "boolean": "read as true or false",
	"hours": "read as opening hours", "menu": "read as a phone menu", "country": "country, by its code", "region": "state or region, by its code",
	"postal code": "written as postal codes are", "phone": "number in international form", "time zone": "zone, by its tz name",
	"street parts": "put together from columns", "mapping file": "by the mapping file", "default": "default: no cell gives it",
	"fallback": "taken from another field", "same address": "as the billing address",
}

func writeFacts(w io.Writer, s *report.Summary, p *page, t *readingTable) error {
	data := pageData{Unit: s.RowNoun(), IDs: p.IDs, Columns: report.NonNil(s.Columns), Groups: []groupData{}, Readings: report.NonNil(t.list), Rules: map[string]ruleData{}}
	for i := range office.Fields {
		data.Fields = append(data.Fields, pageField{office.Fields[i].Name, office.Fields[i].Label})
	}
	for rule, words := range ruleWords {
		data.Rules[rule] = ruleData{words, report.TrivialRule(rule)}
	}
	data.addGroups(p.Problems, false)
	data.addGroups(p.Warnings, true)
	if _, err := io.WriteString(w, `<script type="application/json" id="facts">`); err != nil {
		return err
	}
	if err := json.NewEncoder(w).Encode(data); err != nil { // escapes <, > and &
		return err
	}
	_, err := io.WriteString(w, "</script>\n")
	return err
}

func (d *pageData) addGroups(groups []pageGroup, warning bool) {
	for _, g := range groups {
		d.Groups = append(d.Groups, groupData{g.Number, warning, g.Kind, g.Field, g.Words})
	}
}
