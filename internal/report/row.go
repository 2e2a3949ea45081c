package report

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"officeimporter/internal/office"
)

// Identity says which row a result is about. If the row is no longer in the file, it comes from the journal.
type Identity struct {
	Row           int
	Name, Country string
	Key           office.Key
	Company       string
}

// IdentityOf returns which row a result is about.
func IdentityOf(r *office.Result) Identity {
	o := &r.Request.Office
	return Identity{
		Row:     cmp.Or(r.Request.Row, r.Record.Row),
		Name:    cmp.Or(o.Name, r.Record.Name),
		Country: cmp.Or(o.Country, r.Record.Country),
		Key:     cmp.Or(r.Request.Key, r.Record.Key),
		Company: r.Request.Company,
	}
}

// said returns what the server said about a row, if that is why the row isn't an office.
func said(r *office.Result) []office.Problem {
	var said []office.Problem
	if words := heard(&r.Record); words != "" && (r.Outcome == office.Refused || r.Outcome == office.Unknown) {
		said = append(said, office.Problem{Row: IdentityOf(r).Row, Kind: office.ProblemKind(r.Outcome.String()), Message: words})
	}
	if ids := r.Record.Candidates; len(ids) > 0 && r.Outcome == office.Unknown {
		said = append(said, office.Problem{Row: IdentityOf(r).Row, Kind: candidatesKind, Message: "may be office " + strings.Join(ids, " or ")})
	}
	return said
}

// Problems returns the problems of a row, and what the server said if that is why the row isn't an office.
func Problems(r office.Result) []office.Problem { return problemsOf(&r) }

func problemsOf(r *office.Result) []office.Problem {
	own := r.Request.Problems
	return append(own[:len(own):len(own)], said(r)...)
}

// heard returns the server's words with the HTTP status, or what happened instead.
func heard(r *office.Record) string {
	if r.HTTPStatus == 0 || r.Words == "" {
		return r.Words
	}
	return fmt.Sprintf("HTTP %d: %s", r.HTTPStatus, r.Words)
}

// candidatesKind is the kind of a problem that lists which offices an unknown row may be. Problems with the server's
// words have the outcome as their kind.
const candidatesKind office.ProblemKind = "candidates"

// TrivialRule reports whether a reading by this rule is left out of tables: it surely keeps the meaning of the cell,
// or is mentioned once for the whole file. The JSON lines report has all readings.
func TrivialRule(rule string) bool {
	switch rule {
	case "boolean", "spelling", "number", "default", "fallback", "same address":
		return true
	}
	return false
}

// doubts returns the warnings, and the readings that a reviewer wants to see.
func doubts(r *office.Request) []string {
	var texts []string
	for _, w := range r.Warnings {
		texts = append(texts, w.String())
	}
	for i := range r.Readings {
		if reading := &r.Readings[i]; !TrivialRule(reading.Rule) {
			texts = append(texts, readingText(reading))
		}
	}
	return texts
}

// readingText returns text such as `column "Monday": read "8am-6pm" as 08:00-18:00`.
func readingText(r *office.Reading) string {
	place := r.Field
	if r.Column != "" {
		place = "column " + strconv.Quote(r.Column)
	}
	return place + ": read " + strconv.Quote(r.Value) + " as " + r.Read
}

func problemTexts(problems []office.Problem) []string {
	texts := make([]string, len(problems))
	for i, p := range problems {
		texts[i] = p.String()
	}
	return texts
}

// TimeText returns a time in UTC to the second, or "" for the zero time.
func TimeText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// DescribeBody says what the body of a row in the report is.
func DescribeBody(r *office.Result) string {
	switch {
	case r.Request.Body == nil:
		return "as far as it could be read; it is not sent"
	case r.Outcome == office.Ready || r.Outcome == office.Pending:
		return "as it would be sent"
	case r.Record.Attempts == 0:
		return "which is not sent"
	case r.Record.Digest == r.Request.Digest:
		return "as it was sent"
	}
	return "as the row is now; another one was sent"
}
