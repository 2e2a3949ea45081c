package report

import (
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gocarina/gocsv"

	"officeimporter/internal/atomicfile"
	"officeimporter/internal/office"
)

// CSVRow is a line of the CSV report. All fields are text, so that ids and numbers stay exactly as they are.
type CSVRow struct {
	Row        string `csv:"row"` // its number in the file
	Status     string `csv:"status"`
	OfficeID   string `csv:"office_id"`
	Name       string `csv:"name"`
	Country    string `csv:"country"`
	Problems   string `csv:"problems"`    // separated by "; "
	Warnings   string `csv:"warnings"`    // including how cells were read
	HTTPStatus string `csv:"http_status"` // of the last answer; empty: no answer
	Attempts   string `csv:"attempts"`    // that may have reached the server
	SentAt     string `csv:"sent_at"`     // RFC 3339, UTC
	SettledAt  string `csv:"settled_at"`
	Key        string `csv:"key"`
	CompanyID  string `csv:"company_id"` // empty: the company of the API key
}

// ByteOrderMark begins every CSV report. Without it, Excel reads UTF-8 in the system's code page.
const ByteOrderMark = "\ufeff"

const csvBatch = 256 // rows that are encoded together

// csvWriter writes UTF-8 with a byte order mark and line feeds, and makes cells harmless to spreadsheet programs.
type csvWriter struct {
	*atomicfile.File
	out  gocsv.CSVWriter
	rows []CSVRow
}

// NewCSV returns a Writer of a CSV report.
func NewCSV(f *atomicfile.File) (Writer, error) {
	w := &csvWriter{File: f, out: gocsv.NewSafeCSVWriter(csv.NewWriter(f)), rows: make([]CSVRow, 0, csvBatch)}
	if _, err := f.WriteString(ByteOrderMark); err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	if err := gocsv.MarshalCSV(w.rows, w.out); err != nil { // no rows yet: this writes the heading
		return nil, fmt.Errorf("report: %w", err)
	}
	return w, nil
}

// Write implements Writer.
func (w *csvWriter) Write(r office.Result) error {
	w.rows = append(w.rows, NewCSVRow(&r, "; ").defused())
	if len(w.rows) < csvBatch {
		return nil
	}
	return w.flush()
}

func (w *csvWriter) flush() error {
	if err := gocsv.MarshalCSVWithoutHeaders(w.rows, w.out); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	w.rows = w.rows[:0]
	return nil
}

// Close implements Writer.
func (w *csvWriter) Close(*Summary) error {
	if err := w.flush(); err != nil {
		_ = w.Abort() // the first error is the one to report
		return err
	}
	return Commit(w.File)
}

// NewCSVRow returns the report line of a row, without defusing its cells. The separator goes between problems, and
// between warnings.
func NewCSVRow(r *office.Result, separator string) CSVRow {
	who := IdentityOf(r)
	return CSVRow{
		Row:        strconv.Itoa(who.Row),
		Status:     r.Outcome.String(),
		OfficeID:   r.Record.OfficeID,
		Name:       who.Name,
		Country:    who.Country,
		Problems:   strings.Join(problemTexts(problemsOf(r)), separator),
		Warnings:   strings.Join(doubts(&r.Request), separator),
		HTTPStatus: orEmpty(r.Record.HTTPStatus),
		Attempts:   strconv.Itoa(r.Record.Attempts),
		SentAt:     TimeText(r.Record.SentAt),
		SettledAt:  TimeText(r.Record.SettledAt),
		Key:        string(who.Key),
		CompanyID:  who.Company,
	}
}

// defused returns the row with defused cells wherever there may be any text.
func (r CSVRow) defused() CSVRow {
	for _, cell := range []*string{&r.OfficeID, &r.Name, &r.Country, &r.Problems, &r.Warnings, &r.Key} {
		*cell = defuse(*cell)
	}
	return r
}

func orEmpty(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// defuse puts an apostrophe before a cell that a spreadsheet program would run as a formula or read as a number
// (+14155550100). The importer removes it again when it reads the file.
func defuse(cell string) string {
	if cell != "" && cell[0] > '@' && cell[0] < utf8.RuneSelf {
		return cell // nearly all cells begin with a letter
	}
	trimmed := strings.TrimSpace(cell)
	if cell == "" || !strings.ContainsAny(cell[:1], "\t\r") && (trimmed == "" || !strings.ContainsAny(trimmed[:1], "=+-@")) {
		return cell
	}
	return "'" + cell
}
