package submit

import (
	"fmt"
	"slices"
	"strings"

	"officeimporter/internal/locale"
	"officeimporter/internal/office"
)

// differences compares what was sent with the office that the server shows, in an answer or a list. It returns the
// fields that both have and that differ. Case, width and white space don't count, since the server changes them, nor
// does whether a number comes as text.
func differences(sent, stored []byte) (found []office.Difference) {
	was, is := office.ParseMembers(sent), office.ParseMembers(stored)
	for i := range office.Fields {
		f := &office.Fields[i]
		before, given := was.Value(f)
		after, told := is.Value(f)
		if f.Kind == office.DayHours && !told && tellsHours(is) {
			after, told = []any{}, true // the API leaves out a day without hours
		}
		if given && told && canonical(before) != canonical(after) {
			found = append(found, office.Difference{Field: f.Name, Sent: f.Show(before), Stored: f.Show(after)})
		}
	}
	return found
}

func tellsHours(m office.Members) bool {
	return slices.ContainsFunc(office.Fields, func(f office.Field) bool { return f.Kind == office.DayHours && m[f.Name] != nil })
}

// canonical turns values that mean the same into the same text. The order of a phone menu's keys doesn't matter.
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

// warnDiffering warns about each value that the server stores differently from the row.
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
