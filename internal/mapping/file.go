package mapping

import (
	"fmt"
	"io"
	"os"

	"go.yaml.in/yaml/v3"

	"officeimporter/internal/office"
)

// File is a mapping file: what the headings and words of somebody's
// spreadsheets mean.
//
//	columns:                      # heading: field, or ignore
//	  Site Name: name
//	  Notes: ignore
//	defaults:                     # field: value, where no column or an empty cell
//	  plan_period: monthly
//	values:                       # field: what a cell says: what it means
//	  country: {Deutschland: DE}
//	key: Store code               # a column that names a row for good
//
// Values are taken as they are written, whatever YAML makes of them: NO is
// Norway, and 02134 has five digits.
type File struct {
	path     string
	columns  []columnRule
	defaults map[string]string            // by input
	values   map[string]map[string]string // by input, by folded cell
	key      string
}

// columnRule is what a heading means.
type columnRule struct {
	heading string
	input   *input
}

// maxFile is the largest mapping file, in bytes, that is read.
const maxFile = 1 << 20

// Load reads a mapping file. What is wrong in it is an *office.InputError with
// all problems, each with its line; anything else means that the file can't
// be read.
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
	r := fileReader{file: &File{path: path, defaults: map[string]string{}, values: map[string]map[string]string{}}}
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

// Path is where the file was read from.
func (f *File) Path() string { return f.path }
