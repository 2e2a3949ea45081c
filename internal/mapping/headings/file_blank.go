package headings

import (
	"slices"

	"go.yaml.in/yaml/v3"
)

// isBlank tells a value that was left open; in quotes, null is a text.
func isBlank(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && (n.Value == "" || n.Tag == "!!null")
}

// blanks finds defaults that wait for a value. Where a column was named for
// the field after all, none is needed.
func (r *fileReader) checkBlanks() {
	for _, n := range r.blankDefaults {
		in := ByName(n.Value)
		if slices.ContainsFunc(r.file.Columns, func(c columnRule) bool { return in.isGivenBy(c.Input) }) {
			continue
		}
		hint := "leave the line out where a column gives it"
		if in.Field != nil {
			hint = validHint(in.Field) + "; or " + hint
		}
		r.problem(n, hint, "%s has no value", n.Value)
	}
}
