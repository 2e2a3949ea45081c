package office

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Members is an office decoded from JSON: a request body, or an answer from the server. Numbers are json.Number, so
// that they keep all their digits.
type Members map[string]any

// ParseMembers decodes a JSON object. It returns nil if the text isn't one.
func ParseMembers(object []byte) (m Members) {
	decoder := json.NewDecoder(bytes.NewReader(object))
	decoder.UseNumber()
	if decoder.Decode(&m) != nil {
		return nil
	}
	return m
}

// Value returns a field's value as encoding/json decodes it. ok is false if the field is absent or null.
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

// Show returns a value of Members as people read it: hours as "08:00-18:00", everything else as JSON.
func (f *Field) Show(value any) string {
	if day, ok := value.([]any); ok && f.Kind == DayHours {
		return hoursOf(day).String()
	}
	text, _ := json.Marshal(value) // it came from JSON
	return string(text)
}

// hoursOf ignores times that aren't text, because the result is only shown.
func hoursOf(day []any) Hours {
	hours := make(Hours, len(day))
	for i, t := range day {
		hours[i], _ = t.(string)
	}
	return hours
}
