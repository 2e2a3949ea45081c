package headings

import (
	"fmt"
	"io"
	"os"
	"slices"

	"go.yaml.in/yaml/v3"

	"officeimporter/internal/locale"
	"officeimporter/internal/mapping/cell"
	"officeimporter/internal/mapping/hours"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

const (
	// BadMappingFile is the kind of every problem with a mapping file.
	BadMappingFile office.ProblemKind = "bad_mapping_file"
)

// File is a mapping file: what the headings and words of somebody's spreadsheets mean. It isn't changed once loaded.
//
//	columns:                      # heading: field, or ignore
//	  Site Name: name
//	  Notes: ignore
//	defaults:                     # field: value, where no column or an empty cell
//	  plan_period: monthly
//	values:                       # field: what a cell says: what it means
//	  country: {Deutschland: DE}
//	key: Store code               # a column that identifies each row
//
// Values are taken as they are written, whatever YAML makes of them: NO is Norway, and 02134 has five digits.
type File struct {
	Columns  []columnRule
	Defaults map[string]string            // by input
	Values   map[string]map[string]string // by input, by folded cell
	Key      string
}

// columnRule is what a heading means.
type columnRule struct {
	Heading string
	Input   *Input
}

// maxFile is the largest size of a mapping file in bytes.
const maxFile = 1 << 20

// Load reads a mapping file. If its content is wrong, the error is an *office.InputError with all problems and their
// lines; any other error means that the file can't be read.
func Load(path string) (*File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open mapping file: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read mapping file: %w", err)
	}
	return parseFile(path, data)
}

func parseFile(path string, data []byte) (*File, error) {
	r := fileReader{file: &File{Defaults: map[string]string{}, Values: map[string]map[string]string{}}}
	var document yaml.Node
	switch err := yaml.Unmarshal(data, &document); {
	case len(data) > maxFile:
		r.problems = append(r.problems, office.Problem{Kind: BadMappingFile, Message: "is larger than a mapping file can be", Suggestion: "is it the right file?"})
	case err != nil:
		r.problems = append(r.problems, office.Problem{Kind: BadMappingFile, Message: err.Error(), Suggestion: "indent with spaces, and put texts with : or # in quotes"})
	default:
		r.document(&document)
	}
	if len(r.problems) > 0 {
		return nil, &office.InputError{File: path, Unit: "line", Problems: r.problems}
	}
	return r.file, nil
}

// foldKeys makes meanings findable by folded cell.
func foldKeys(meanings map[string]string) map[string]string {
	folded := make(map[string]string, len(meanings))
	for cell, meaning := range meanings {
		folded[locale.Fold(cell)] = meaning
	}
	return folded
}

// CanDefault tells whether an input can have one value for all rows: fields can, the week's hours, and the company.
// in may be nil.
func CanDefault(in *Input) bool {
	return in != nil && (in.Part == Whole || in.Part == Week || in.Part == Company)
}

// CheckDefault says what is wrong with a value for all rows, or nil. What depends on a row's country can only be
// checked in that row.
func CheckDefault(in *Input, value string) *office.Problem {
	c := cell.DefaultCell(value)
	if c.Kind == sheet.Blank {
		return &office.Problem{Kind: office.Missing, Message: "is empty", Suggestion: "give a value, or leave the default out"}
	}
	switch in.Part {
	case Week:
		_, p := hours.ParseWeek(value)
		return p
	case Company:
		return cell.CheckCompany(value)
	}
	switch in.Field.Kind {
	case office.Region, office.Postal, office.Phone, office.Zone:
		return nil
	}
	return cell.CheckDefault(in.Field, value)
}

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
