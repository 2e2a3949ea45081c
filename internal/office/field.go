package office

import (
	"fmt"
	"strings"
)

// Kind is the type of a field. It alone decides how a cell is read, whatever the cell looks like.
type Kind uint8

// The kinds of fields.
const (
	Text     Kind = iota // one line of text
	LongText             // text that may hold line breaks
	Enum                 // one of Field.Values
	Country              // ISO 3166-1 alpha-2
	Region               // state or province
	Postal               // postal code: text, never a number
	Bool                 // true or false
	Integer              // a whole number
	ID                   // a whole number of up to 19 digits, which must all be kept
	Phone                // E.164
	Email                // one address
	Zone                 // tz database name
	DayHours             // opening hours of a day
	Menu                 // keys of a phone menu
)

var kindNames = [...]string{"text", "text", "one of", "country", "region", "postal code", "true/false", "whole number",
	"id", "phone", "e-mail", "time zone", "hours", "menu keys"}

// String returns the kind as `importer fields` prints it.
func (k Kind) String() string { return kindNames[k] }

// Field is everything the program knows about one field of an office.
type Field struct {
	Name     string   // with dots, as the API spells it: "billing_address.city"
	Kind     Kind     // how cells are read
	Required bool     // the document requires it of every office
	Values   []string // valid values of an Enum or Country; nil for other kinds
	Label    string   // the heading in the template
	Aliases  []string // other headings for it
	Fallback string   // the field whose value is used if this one is missing; the report says so
	Help     string   // one sentence
	Example  string   // a valid value, as a person would type it

	at func(*Office) any // pointer to the field in an Office
}

// Set stores a value in o. The value must be a string, bool, int64, Hours or []DTMF, as the kind requires; any other
// type is a programming mistake and panics.
func (f *Field) Set(o *Office, value any) {
	switch place := f.at(o).(type) {
	case *string:
		*place = value.(string)
	case **bool:
		b := value.(bool)
		*place = &b
	case **int64:
		n := value.(int64)
		*place = &n
	case *Hours:
		*place = value.(Hours)
	case *[]DTMF:
		*place = value.([]DTMF)
	default:
		panic(fmt.Sprintf("field %s lives in a %T", f.Name, place))
	}
}

// Get returns the value in the type that Set takes, or nil if the field is left out.
func (f *Field) Get(o *Office) any {
	if !f.Has(o) {
		return nil
	}
	switch place := f.at(o).(type) {
	case *string:
		return *place
	case **bool:
		return **place
	case **int64:
		return **place
	case *Hours:
		return *place
	case *[]DTMF:
		return *place
	}
	panic("field " + f.Name + " has no place")
}

// Has reports whether the field is given. Unlike Get it never allocates.
func (f *Field) Has(o *Office) bool {
	switch place := f.at(o).(type) {
	case *string:
		return *place != ""
	case **bool:
		return *place != nil
	case **int64:
		return *place != nil
	case *Hours:
		return *place != nil
	case *[]DTMF:
		return *place != nil
	}
	panic("field " + f.Name + " has no place")
}

// Section returns the part of the name before the last dot, such as "routing_options.open", or "" for a field of the
// office itself.
func (f *Field) Section() string {
	if i := strings.LastIndexByte(f.Name, '.'); i >= 0 {
		return f.Name[:i]
	}
	return ""
}

// FieldByName finds a field by its dotted name. It returns nil if there is none.
func FieldByName(name string) *Field { return fieldsByName[name] }

var fieldsByName = func() map[string]*Field {
	byName := make(map[string]*Field, len(Fields))
	for i := range Fields {
		byName[Fields[i].Name] = &Fields[i]
	}
	return byName
}()

// mustField is FieldByName for names that are written in this package.
func mustField(name string) *Field {
	if f := FieldByName(name); f != nil {
		return f
	}
	panic("no field " + name)
}
