package submit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"officeimporter/internal/locale"
	"officeimporter/internal/office"
)

// differences holds what was sent against an office as the server tells of it,
// in an answer or in a list: the fields of which both speak and that are not
// the same. Case, width and white space don't count, as the server changes
// them, nor does whether a number comes as text.
func differences(sent, stored []byte) (found []office.Difference) {
	was, is := members(sent), members(stored)
	for i := range office.Fields {
		f := &office.Fields[i]
		before, given := lookup(was, f.Name)
		after, told := lookup(is, f.Name)
		if f.Kind == office.DayHours && !told && tellsHours(is) {
			after, told = []any{}, true // the API leaves out a day without hours
		}
		if given && told && canonical(before) != canonical(after) {
			found = append(found, office.Difference{Field: f.Name, Sent: shown(f.Kind, before), Stored: shown(f.Kind, after)})
		}
	}
	return found
}

// members are a JSON object's; none where it is not one. Numbers keep all
// their digits.
func members(object []byte) (m map[string]any) {
	decoder := json.NewDecoder(bytes.NewReader(object))
	decoder.UseNumber()
	if decoder.Decode(&m) != nil {
		return nil
	}
	return m
}

// lookup finds a dotted name; null is as good as absent.
func lookup(m map[string]any, name string) (any, bool) {
	section, rest, nested := strings.Cut(name, ".")
	value, there := m[section]
	if nested {
		inner, _ := value.(map[string]any)
		return lookup(inner, rest)
	}
	return value, there && value != nil
}

func tellsHours(m map[string]any) bool {
	return slices.ContainsFunc(office.Fields, func(f office.Field) bool { return f.Kind == office.DayHours && m[f.Name] != nil })
}

// canonical is a text that is the same for values that mean the same. The
// order of a phone menu's keys means nothing.
func canonical(value any) string {
	switch v := value.(type) {
	case string:
		return locale.Fold(v)
	case []any:
		return strings.Join(canonicalItems(v), "\x00")
	case map[string]any:
		return canonicalMembers(v)
	}
	return fmt.Sprint(value) // true, false, or the digits of a number
}

func canonicalItems(list []any) []string {
	items := make([]string, len(list))
	for i, item := range list {
		items[i] = canonical(item)
	}
	if len(list) > 0 && isObject(list[0]) {
		slices.Sort(items)
	}
	return items
}

func isObject(value any) bool {
	_, is := value.(map[string]any)
	return is
}

func canonicalMembers(m map[string]any) string {
	var parts []string
	for name, value := range m {
		if value != nil {
			parts = append(parts, name+"\x01"+canonical(value))
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, "\x02")
}

// shown is a value as a person reads it: "08:00-18:00" for hours, else as JSON.
func shown(kind office.Kind, value any) string {
	if day, ok := value.([]any); ok && kind == office.DayHours {
		return office.Hours(canonicalItems(day)).String()
	}
	text, _ := json.Marshal(value) // it came from JSON
	return string(text)
}

// warnDiffering tells what the server's office has otherwise than the row.
func warnDiffering(result *office.Result) {
	for _, d := range result.Record.Differs {
		p := office.Problem{Field: d.Field, Kind: StoredOtherwise, Value: d.Sent, Message: fmt.Sprintf("is stored as %s where %s was sent", d.Stored, d.Sent),
			Suggestion: "change it in Dialpad if the file is right"}
		if result.Outcome == office.Exists {
			p.Kind, p.Message = DiffersFromExisting, fmt.Sprintf("is %s at office %s, which exists, and %s in the row", d.Stored, result.Record.OfficeID, d.Sent)
		}
		warn(result, p)
	}
}
