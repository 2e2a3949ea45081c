package report

import (
	"bytes"
	"strconv"

	"officeimporter/internal/office"
)

// changesOf lists the fields in which two rows with the same key differ.
func changesOf(was, is *Row) (changes []Change) {
	if was.Status != "" && is.Status != "" {
		changes = appendChange(changes, "status", was.Status, is.Status)
		changes = appendChange(changes, "office_id", was.OfficeID, is.OfficeID)
	}
	if was.Body == nil || is.Body == nil {
		changes = appendChange(changes, "name", strconv.Quote(was.Name), strconv.Quote(is.Name))
		return appendChange(changes, "country", strconv.Quote(was.Country), strconv.Quote(is.Country))
	}
	if bytes.Equal(was.Body, is.Body) {
		return changes
	}
	before, after := office.ParseMembers(was.Body), office.ParseMembers(is.Body)
	for i := range office.Fields {
		f := &office.Fields[i]
		changes = appendChange(changes, f.Name, textIn(before, f), textIn(after, f))
	}
	return changes
}

func appendChange(changes []Change, field, was, is string) []Change {
	if was == is {
		return changes
	}
	return append(changes, Change{field, was, is})
}

func textIn(m office.Members, f *office.Field) string {
	value, ok := m.Value(f)
	if !ok {
		return ""
	}
	return f.Show(value)
}
