package importer

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"

	"officeimporter/internal/fix"
	"officeimporter/internal/mapping"
	"officeimporter/internal/mapping/headings"
	"officeimporter/internal/office"
	"officeimporter/internal/parse"
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/submit"
)

// Input says how to read a file. The zero Input finds out everything by itself.
type Input struct {
	Mapping   string               // path of the mapping file; empty: the one next to the file, if any
	Defaults  map[string]string    // values by field, for rows without one
	Sheet     string               // name; empty: the one with known headings
	HeaderRow int                  // 0: found by the headings
	Encoding  string               // of a text file; empty: detected
	Delimiter string               // of a text file; empty: detected
	Company   string               // DP-Company-ID of rows that name none; empty: the company of the API key
	Accept    []office.ProblemKind // problems that are only warnings
	NoRepairs bool                 // a repaired value, such as one with lost zeros, is a problem
}

// Accepts reports whether problems of this kind are only warnings.
func (in *Input) Accepts(kind office.ProblemKind) bool { return slices.Contains(in.Accept, kind) }

// OpenSheet opens a file that may need a mapping file first. If no heading is known, it takes the row that looks most
// like headings, and guessed is true. The caller closes the sheet.
func (in *Input) OpenSheet(path string) (s *sheet.Sheet, guessed bool, err error) {
	m, err := mapping.New(mapping.Options{})
	if err != nil {
		return nil, false, err
	}
	options := in.sheetOptions(m)
	s, err = parse.Open(path, options)
	input, unusable := errors.AsType[*office.InputError](err)
	if !unusable || input.Problems[0].Kind != "no_header" || in.HeaderRow > 0 {
		return s, false, err
	}
	options.Known = nil
	s, err = parse.Open(path, options)
	return s, err == nil, err
}

// sheetOptions say how to open a file whose headings the mapping knows.
func (in *Input) sheetOptions(m *mapping.Mapping) sheet.Options {
	return sheet.Options{Sheet: in.Sheet, HeaderRow: in.HeaderRow, Encoding: in.Encoding, Delimiter: in.Delimiter,
		Known: m.Known, Required: m.RequiredHeading}
}

// File is a spreadsheet whose columns are bound to the fields of an office. The caller must close it. Not for
// concurrent use.
type File struct {
	path    string
	mapping string // path of the mapping file; empty: none
	company string // given for rows that name none
	accept  bool   // renamed rows are only warnings
	sheet   *sheet.Sheet
	plan    *mapping.Plan
	rows    *mapping.Rows // nil until survey has read them all
}

// Open takes a snapshot of a file, reads its headings and binds them to fields. If the file or its headings can't be
// used, the error is an *office.InputError; otherwise it is one of the mapping file's.
func Open(path string, in Input) (*File, error) {
	mappingPath := cmp.Or(in.Mapping, ownMapping(path))
	m, err := in.load(mappingPath)
	if err != nil {
		return nil, err
	}
	s, err := parse.Open(path, in.sheetOptions(m))
	if err != nil {
		return nil, err
	}
	plan, err := m.Bind(s)
	if err != nil {
		_ = s.Close() // the headings are at fault
		return nil, err
	}
	return &File{path: path, mapping: mappingPath, company: in.Company, accept: in.Accepts(submit.Renamed), sheet: s, plan: plan}, nil
}

// load reads the mapping file; without a path it uses only the known headings.
func (in *Input) load(path string) (m *mapping.Mapping, err error) {
	options := mapping.Options{Company: in.Company, NoRepairs: in.NoRepairs, Defaults: in.Defaults}
	for _, kind := range in.Accept { // renamed rows are found later, with the journal
		if kind != submit.Renamed {
			options.Accept = append(options.Accept, kind)
		}
	}
	if path != "" {
		if options.File, err = headings.Load(path); err != nil {
			return nil, err
		}
	}
	return mapping.New(options)
}

// Close frees the snapshot.
func (f *File) Close() error { return f.sheet.Close() }

// Path returns the path that was given to Open.
func (f *File) Path() string { return f.path }

// Sheet returns the parsed file: names, headings and rows of cells.
func (f *File) Sheet() *sheet.Sheet { return f.sheet }

// warn logs the warnings about the file as a whole.
func (f *File) warn(log *slog.Logger) { Warn(log, f.path, f.sheet.Unit, f.plan.Warnings()) }

// Warn logs warnings about a file as a whole. The unit is "row" or "line".
func Warn(log *slog.Logger, path, unit string, warnings []office.Problem) {
	for _, p := range warnings {
		place := path
		if p.Row > 0 {
			place = fmt.Sprintf("%s: %s %d", path, unit, p.Row)
		}
		log.Warn(fmt.Sprintf("%s: %s", place, p), "kind", p.Kind, "file", path)
	}
}

// judging returns how rows are compared with the journal.
func (f *File) judging(retryRefused bool) submit.JudgeOptions {
	keyed := slices.ContainsFunc(f.plan.Columns(), func(c mapping.Column) bool { return c.Key })
	return submit.JudgeOptions{AcceptRenamed: f.accept, RetryRefused: retryRefused, Keyed: keyed}
}

// newFix returns the fix file: the rows that need a person. Without a state folder every existing fix file counts as
// edited by hand.
func (f *File) newFix(state string) *fix.File {
	folder, _ := stateFolder(state)
	return fix.New(f.sheet, fix.PathOf(Stem(f.path), f.sheet), folder)
}

// workbook returns the workbook as it was when it was opened; nil for a text file.
func (f *File) workbook() *io.SectionReader {
	if f.sheet.Format != "xlsx" {
		return nil
	}
	return f.sheet.Content()
}
