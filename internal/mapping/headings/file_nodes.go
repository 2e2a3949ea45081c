package headings

import (
	"fmt"

	"go.yaml.in/yaml/v3"

	"officeimporter/internal/locale"
	"officeimporter/internal/near"
	"officeimporter/internal/office"
)

// sections are the keys of a mapping file.
var sections = []string{"columns", "defaults", "values", "key"}

// fileReader turns YAML nodes into a File and collects what is wrong.
type fileReader struct {
	file          *File
	blankDefaults []*yaml.Node // names of defaults without a value
	problems      []office.Problem
}

func (r *fileReader) problem(at *yaml.Node, suggestion, format string, args ...any) {
	r.problems = append(r.problems, office.Problem{Row: at.Line, Kind: BadMappingFile, Value: at.Value,
		Message: fmt.Sprintf("at character %d: ", at.Column) + fmt.Sprintf(format, args...), Suggestion: suggestion})
}

func (r *fileReader) document(document *yaml.Node) {
	if len(document.Content) == 0 {
		return // empty, or only comments
	}
	r.eachPair(document.Content[0], func(key, value *yaml.Node) {
		switch key.Value {
		case "columns":
			r.eachPair(value, r.column)
		case "defaults":
			r.eachPair(value, r.defaultValue)
		case "values":
			r.eachPair(value, r.meanings)
		case "key":
			r.file.Key, _ = r.text(value)
		default:
			r.problem(key, near.DidYouMean(near.First(key.Value, sections, locale.Letters), "a mapping file has columns, defaults, values and key"), "%q is not known here", key.Value)
		}
	})
	r.checkBlanks()
}

// eachPair calls take for the pairs of a YAML mapping. A key that appears twice is a problem, as only one could
// count.
func (r *fileReader) eachPair(n *yaml.Node, take func(key, value *yaml.Node)) {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return // a section with nothing in it
	}
	if n.Kind != yaml.MappingNode {
		r.problem(n, "write lines such as Site Name: name", "there should be pairs of a word and its meaning")
		return
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode {
			r.problem(key, "", "this can't be a name")
			continue
		}
		folded := locale.Fold(key.Value)
		if line, ok := seen[folded]; ok {
			r.problem(key, "keep one", "%q stands in line %d too", key.Value, line)
			continue
		}
		seen[folded] = key.Line
		take(key, value)
	}
}

// text is a scalar as it is written.
func (r *fileReader) text(n *yaml.Node) (text string, ok bool) {
	switch {
	case n.Kind != yaml.ScalarNode:
		r.problem(n, "write one word or text", "there should be one value")
	case isBlank(n):
		r.problem(n, "give one, or leave the line out", "there is no value")
	default:
		return n.Value, true
	}
	return "", false
}

func (r *fileReader) column(heading, field *yaml.Node) {
	if isBlank(field) {
		r.problem(heading, "name one, as `importer fields` lists them; or write ignore", "the heading %q has no field", heading.Value)
		return
	}
	name, ok := r.text(field)
	if !ok {
		return
	}
	in := ByName(name)
	if in == nil {
		r.unknownField(field)
		return
	}
	if locale.Letters(heading.Value) == "" {
		r.problem(heading, "", "%q is no heading", heading.Value)
		return
	}
	r.file.Columns = append(r.file.Columns, columnRule{heading.Value, in})
}

func (r *fileReader) unknownField(n *yaml.Node) {
	like, _ := NearInput(n.Value)
	r.problem(n, near.DidYouMean(like, "`importer fields` lists them"), "%q is no field", n.Value)
}

func (r *fileReader) defaultValue(field, value *yaml.Node) {
	in := ByName(field.Value)
	if !CanDefault(in) {
		r.unknownField(field)
		return
	}
	if isBlank(value) {
		r.blankDefaults = append(r.blankDefaults, field)
		return
	}
	text, ok := r.text(value)
	if !ok {
		return
	}
	if p := CheckDefault(in, text); p != nil {
		r.problem(value, p.Suggestion, "%s", p.Message)
		return
	}
	r.file.Defaults[in.Name] = text
}

func (r *fileReader) meanings(field, words *yaml.Node) {
	in := ByName(field.Value)
	if !CanDefault(in) {
		r.unknownField(field)
		return
	}
	meanings := map[string]string{}
	r.eachPair(words, func(cell, meaning *yaml.Node) {
		text, ok := r.text(meaning)
		if !ok {
			return
		}
		if p := CheckDefault(in, text); p != nil {
			r.problem(meaning, p.Suggestion, "%s", p.Message)
			return
		}
		meanings[cell.Value] = text
	})
	r.file.Values[in.Name] = foldKeys(meanings)
}
