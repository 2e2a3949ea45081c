package mapping

import (
	"strings"
	"sync"

	"officeimporter/internal/office"
)

// part says which part of its field a column gives.
type part uint8

const (
	whole   part = iota // the field itself
	opens               // when a day opens
	closes              // when a day closes
	street              // a part of the street line
	week                // the hours of all days
	ignored             // nothing: the column is left alone, and no warning is due
	company             // whose office the row is; it stands in a header of the call, not in its body
)

// input is something that a column can give: a field, or a part of one, or the
// hours of a whole week.
type input struct {
	name     string        // as mapping files spell it: "billing_address.city", "hours", "monday_open", "ignore"
	headings []string      // what columns with it are called, its name and label among them
	field    *office.Field // that it fills; nil for week, ignored and company
	part     part
	order    int      // of a part of the street line
	slots    []string // what it takes hold of: two columns must not have one in common
}

// ignore is the name in a mapping file for a column that nothing is made of.
const ignore = "ignore"

// weekName is the input that holds the hours of a whole week.
const weekName = "hours"

// streetLine is the field that the parts of a street line are joined in.
const streetLine = "billing_address.address_line_1"

// streetParts are the columns of a Teams export that make up the street line, in order.
var streetParts = []string{"house_number", "house_number_suffix", "pre_directional", "street_name", "street_suffix", "post_directional"}

// inputs are all there are; nobody changes them.
var inputs = sync.OnceValue(func() []*input {
	all := []*input{
		{name: weekName, part: week, slots: weekSlots(), headings: []string{weekName, "Opening hours", "Business hours", "Office hours", "Working hours", "Hours of operation"}},
		// Our own fix files have these beside the columns of the file.
		{name: ignore, part: ignored, headings: []string{"import_status", "import_problems"}},
		{name: office.CompanyID, part: company, slots: []string{office.CompanyID}, headings: append([]string{office.CompanyID, office.CompanyField.Label}, office.CompanyField.Aliases...)},
	}
	for i := range office.Fields {
		f := &office.Fields[i]
		all = append(all, fieldInput(f))
		if f.Kind == office.DayHours {
			all = append(all, dayInput(f, opens, "open"), dayInput(f, closes, "close"))
		}
	}
	for i, name := range streetParts {
		all = append(all, &input{name: name, part: street, order: i, field: office.FieldByName(streetLine),
			headings: []string{name}, slots: []string{name}})
	}
	return all
})

func fieldInput(f *office.Field) *input {
	in := &input{name: f.Name, field: f, slots: []string{f.Name}}
	in.headings = append([]string{f.Name, f.Label}, f.Aliases...)
	switch {
	case f.Kind == office.DayHours:
		in.slots = daySlots(f)
	case f.Name == streetLine:
		in.slots = append(in.slots, streetParts...)
	}
	return in
}

// dayInput is the column with one end of a day: "monday_open", "Monday open", "Mon open".
func dayInput(f *office.Field, p part, end string) *input {
	day, _, _ := strings.Cut(f.Name, "_")
	return &input{name: day + "_" + end, field: f, part: p, slots: []string{f.Name + " " + end},
		headings: []string{day + "_" + end, day[:3] + " " + end, day + " " + end + "s", day + " " + end + " time", day + " hours " + end}}
}

func daySlots(f *office.Field) []string { return []string{f.Name + " open", f.Name + " close"} }

func weekSlots() []string {
	var slots []string
	for _, f := range office.Weekdays() {
		slots = append(slots, daySlots(f)...)
	}
	return slots
}

// inWeek are the names of the fields of the seven days.
func inWeek() (names []string) {
	for _, f := range office.Weekdays() {
		names = append(names, f.Name)
	}
	return names
}
