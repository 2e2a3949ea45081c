package headings

import (
	"strings"
	"sync"

	"officeimporter/internal/office"
)

// Part says what a column gives of its field.
type Part uint8

const (
	Whole   Part = iota // the field itself
	Opens               // when a day opens
	closes              // when a day closes
	Street              // a piece of the street line
	Week                // the hours of all days
	Ignored             // nothing: the column is ignored without a warning
	Company             // whose office the row is; sent in a header of the request, not in its body
)

// Input is something that a column can give: a field, a part of one, or the hours of a whole week.
type Input struct {
	Name     string        // as mapping files spell it: "billing_address.city", "hours", "monday_open", "ignore"
	headings []string      // known headings, including its name and label
	Field    *office.Field // the field it fills; nil for Week, Ignored and Company
	Part     Part
	Slots    []string // what it occupies: two columns can't have the same slot
}

// ignore is the name in a mapping file for a column that isn't used.
const ignore = "ignore"

// WeekName is the input with the hours of a whole week.
const WeekName = "hours"

// StreetLine is the field that the parts of a street line are joined into.
const StreetLine = "billing_address.address_line_1"

// StreetParts are the columns of a Teams export that make up the street line, in order.
var StreetParts = []string{"house_number", "house_number_suffix", "pre_directional", "street_name", "street_suffix", "post_directional"}

// inputs are all inputs; nobody changes them.
var inputs = sync.OnceValue(func() []*Input {
	all := []*Input{
		{Name: WeekName, Part: Week, Slots: weekSlots(), headings: []string{WeekName, "Opening hours", "Business hours", "Office hours", "Working hours", "Hours of operation"}},
		// Our own fix files add these columns.
		{Name: ignore, Part: Ignored, headings: []string{"import_status", "import_problems"}},
		{Name: office.CompanyID, Part: Company, Slots: []string{office.CompanyID}, headings: append([]string{office.CompanyID, office.CompanyField.Label}, office.CompanyField.Aliases...)},
	}
	for i := range office.Fields {
		f := &office.Fields[i]
		all = append(all, fieldInput(f))
		if f.Kind == office.DayHours {
			all = append(all, dayInput(f, Opens, "open"), dayInput(f, closes, "close"))
		}
	}
	for _, name := range StreetParts {
		all = append(all, &Input{Name: name, Part: Street, Field: office.FieldByName(StreetLine),
			headings: []string{name}, Slots: []string{name}})
	}
	return all
})

func fieldInput(f *office.Field) *Input {
	in := &Input{Name: f.Name, Field: f, Slots: []string{f.Name}}
	in.headings = append([]string{f.Name, f.Label}, f.Aliases...)
	switch {
	case f.Kind == office.DayHours:
		in.Slots = daySlots(f)
	case f.Name == StreetLine:
		in.Slots = append(in.Slots, StreetParts...)
	}
	return in
}

// dayInput is a column with one end of a day: "monday_open", "Monday open", "Mon open".
func dayInput(f *office.Field, p Part, end string) *Input {
	day, _, _ := strings.Cut(f.Name, "_")
	return &Input{Name: day + "_" + end, Field: f, Part: p, Slots: []string{f.Name + " " + end},
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

// WeekFields are the names of the fields of the seven days, Monday first.
func WeekFields() (names []string) {
	for _, f := range office.Weekdays() {
		names = append(names, f.Name)
	}
	return names
}

// CompanyColumn describes the company column as if it were a field. An Office has no value for it.
func CompanyColumn() *office.Field { return office.CompanyField }
