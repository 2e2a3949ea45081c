package office

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Members are the values of an office as JSON has it: a body, or an answer of
// the server. Numbers are json.Number, so that they keep all their digits.
type Members map[string]any

// ParseMembers reads a JSON object; nil where it is not one.
func ParseMembers(object []byte) (m Members) {
	decoder := json.NewDecoder(bytes.NewReader(object))
	decoder.UseNumber()
	if decoder.Decode(&m) != nil {
		return nil
	}
	return m
}

// Value is a field's value, as encoding/json makes it; null is as good as absent.
func (m Members) Value(f *Field) (value any, ok bool) { return lookup(m, f.Name) }

func lookup(m map[string]any, name string) (any, bool) {
	section, rest, nested := strings.Cut(name, ".")
	value, there := m[section]
	if nested {
		inner, _ := value.(map[string]any)
		return lookup(inner, rest)
	}
	return value, there && value != nil
}

// Show is a value of Members as a person reads it: "08:00-18:00" for hours,
// else as JSON.
func (f *Field) Show(value any) string {
	if day, ok := value.([]any); ok && f.Kind == DayHours {
		return hoursOf(day).String()
	}
	text, _ := json.Marshal(value) // it came from JSON
	return string(text)
}

// hoursOf takes what is no text as it comes: it is only to be shown.
func hoursOf(day []any) Hours {
	hours := make(Hours, len(day))
	for i, t := range day {
		hours[i], _ = t.(string)
	}
	return hours
}
