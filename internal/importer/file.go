package importer

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"slices"

	"officeimporter/internal/fix"
	"officeimporter/internal/mapping"
	"officeimporter/internal/mapping/headings"
	"officeimporter/internal/office"
	"officeimporter/internal/parse"
	"officeimporter/internal/parse/sheet"
	"officeimporter/internal/report"
	"officeimporter/internal/submit"
)

// Input says how a file is read. The zero Input finds everything out.
type Input struct {
	Mapping   string            // path of the mapping file; empty: the one that belongs to the file, if there is one
	Defaults  map[string]string // values by field, where no column gives one
	Sheet     string            // name; empty: the one whose headings are known
	HeaderRow int               // 0: found
	Encoding  string            // of a text file; empty: found
	Delimiter string            // of a text file; empty: found
	Company   string            // DP-Company-ID of rows that name none; empty: the key's own
	Accept    []office.ProblemKind
	NoRepairs bool
}

// Accepts says whether doubts of this kind are taken for warnings.
func (in *Input) Accepts(kind office.ProblemKind) bool { return slices.Contains(in.Accept, kind) }

// OpenSheet opens a file that may need a mapping file first. If no heading is
// known, it takes the row that looks most like headings, and guessed is true.
// The caller closes the sheet.
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

// File is a spreadsheet of offices that was read and whose columns are bound to
// fields. Close it. Not for concurrent use.
type File struct {
	path    string
	mapping string // path of the mapping file; empty: none
	company string // that was given for rows that name none
	accept  bool   // renamed rows
	sheet   *sheet.Sheet
	plan    *mapping.Plan
	rows    *mapping.Rows // nil until all were read; see survey
}

// Open takes a snapshot of a file, reads its headings and binds them to fields.
// The error is an *office.InputError where the file or its headings can't be
// used, or one of the mapping's.
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

// load reads the mapping file at path, if there is one.
func (in *Input) load(path string) (m *mapping.Mapping, err error) {
	options := mapping.Options{Company: in.Company, NoRepairs: in.NoRepairs, Defaults: in.Defaults}
	for _, kind := range in.Accept { // whether an office was renamed is asked by who knows the journal
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

// Close gives the file back.
func (f *File) Close() error { return f.sheet.Close() }

// Path is the file's, as it was given to Open.
func (f *File) Path() string { return f.path }

// Sheet is what was read: names, heading, rows of cells.
func (f *File) Sheet() *sheet.Sheet { return f.sheet }

// warn says what is doubtful about the file as a whole.
func (f *File) warn(log *slog.Logger) { Warn(log, f.path, f.sheet.Unit, f.plan.Warnings()) }

// Warn logs what is doubtful about a file as a whole; the unit is what its rows
// are counted in.
func Warn(log *slog.Logger, path, unit string, warnings []office.Problem) {
	for _, p := range warnings {
		place := path
		if p.Row > 0 {
			place = fmt.Sprintf("%s: %s %d", path, unit, p.Row)
		}
		log.Warn(fmt.Sprintf("%s: %s", place, p), "kind", p.Kind, "file", path)
	}
}

// judging is how rows are judged by what the journal has of them.
func (f *File) judging(retryRefused bool) submit.JudgeOptions {
	keyed := slices.ContainsFunc(f.plan.Columns(), func(c mapping.Column) bool { return c.Key })
	return submit.JudgeOptions{AcceptRenamed: f.accept, RetryRefused: retryRefused, Keyed: keyed}
}

// survey reads all rows, unless that was done before.
func (f *File) survey(each ...func(*office.Request) error) (rows *mapping.Rows, err error) {
	if f.rows == nil {
		f.rows, err = f.plan.Survey(each...)
	}
	return f.rows, err
}

// A judge says what came of a row, or would come of it.
type judge func(*office.Request) (office.Result, error)

// A sink takes in a judged row.
type sink func(office.Result) error

// into judges a row, and hands it to all sinks.
func (j judge) into(sinks ...sink) func(*office.Request) error {
	return func(r *office.Request) error {
		result, err := j(r)
		if err != nil {
			return err
		}
		for _, take := range sinks {
			if err := take(result); err != nil {
				return err
			}
		}
		return nil
	}
}

// pass hands all rows, judged, to all sinks, in sheet order.
func (f *File) pass(j judge, sinks ...sink) (*mapping.Rows, error) {
	take := j.into(sinks...)
	if f.rows == nil {
		return f.survey(take)
	}
	for r, err := range f.rows.All() {
		if err == nil {
			err = take(r)
		}
		if err != nil {
			return nil, err
		}
	}
	return f.rows, nil
}

// Rows are the rows of the file that are wanted, as far as they could be read,
// to be compared with those of another one.
func (f *File) Rows(wanted func(*office.Request) bool) iter.Seq2[report.Row, error] {
	return func(yield func(report.Row, error) bool) {
		for r, err := range f.plan.Requests() {
			if err == nil && !wanted(r) {
				continue
			}
			var row report.Row
			if err == nil {
				row, err = rowOf(r)
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

func rowOf(r *office.Request) (report.Row, error) {
	body, err := r.Body, error(nil)
	if body == nil {
		body, err = office.Body(&r.Office)
	}
	return report.Row{Row: r.Row, Key: r.Key, Name: r.Office.Name, Country: r.Office.Country, Body: body}, err
}

// newFix is for the rows that need a person. Where there is no state folder any
// fix file counts as changed by hand.
func (f *File) newFix(state string) *fix.File {
	folder, _ := stateFolder(state)
	return fix.New(f.sheet, fix.PathOf(Stem(f.path), f.sheet), folder)
}

// workbook is the workbook that was read, as it was then; nil where the input
// is a text file.
func (f *File) workbook() *io.SectionReader {
	if f.sheet.Format != "xlsx" {
		return nil
	}
	return f.sheet.Content()
}
