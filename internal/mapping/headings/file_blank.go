package headings

import (
	"slices"

	"go.yaml.in/yaml/v3"
)

// isBlank tells whether a value was left open; null in quotes is a text.
func isBlank(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && (n.Value == "" || n.Tag == "!!null")
}

// checkBlanks reports defaults without a value, unless a column gives the field after all.
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
