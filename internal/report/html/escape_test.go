package html

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

// dangers are cells that would do something if they were treated as markup or script, in a way that a test can
// detect.
var dangers = []string{
	`<script>hit()</script>`, `</script><script>hit()</script>`, `</style><script>hit()</script>`, `<img src=x onerror=hit()>`, `"><svg onload=hit()>`,
	`' onmouseover='hit()`, `javascript:hit()`, `<!--<script>`, `-->`, `]]>`, `</title><b>`, `</td></tr></table><hr>`, `&lt;b&gt;`, "{{.}}", "${hit()}", "`",
	"\u2028hit()", "\u2029", "a\u202eb", "\x00", "=HYPERLINK(\"http://x\")", `\u003cscript\u003e`, "$& $1 $`",
}

// danger returns a row that has a dangerous cell in every place.
func danger(row int, cell string) office.Result {
	all := []office.Problem{{Row: row, Field: "country", Column: cell, Kind: "bad_country", Value: cell, Message: cell, Suggestion: cell}, {Row: row, Field: cell, Kind: office.ProblemKind(cell), Message: cell}}
	o := office.Office{Name: cell, Country: cell, Timezone: cell, FirstAction: cell, GroupDescription: cell, MondayHours: office.Hours{cell, "18:00"}}
	o.RoutingOptions.Open = office.Routing{Action: cell, DTMF: []office.DTMF{{Input: cell, Options: office.DTMFOptions{Action: cell}}}}
	return office.Result{Outcome: office.Unknown,
		Request: office.Request{Row: row, Key: office.Key(cell), Office: o, Problems: all, Warnings: all, Readings: []office.Reading{{Field: "name", Column: cell, Value: cell, Read: cell, Rule: cell}}},
		Record:  office.Record{OfficeID: cell, Attempts: 1, Words: cell, RequestID: cell, Candidates: []string{cell}, Differs: []office.Difference{{Field: cell, Sent: cell, Stored: cell}}}}
}

func dangerousPage(t testing.TB, path string) string {
	t.Helper()
	everything := strings.Join(dangers, " ")
	s := pageSummary()
	s.File, s.SHA256, s.Sheet, s.ReadAs, s.Server, s.Company, s.Plan, s.Journal, s.Fix, s.Stopped, s.Approve = everything, everything, everything, everything, everything, everything, everything, everything, everything, everything, everything
	s.Notes, s.Next = dangers, append([]string{"importer " + everything}, dangers...)
	s.Columns = nil
	var all []office.Result
	for i, cell := range dangers {
		s.Columns = append(s.Columns, report.Column{Letter: "A", Heading: cell, Use: cell, Fields: []string{"name", cell}})
		all = append(all, danger(i+2, cell))
	}
	return writePage(t, path, s, all)
}

func TestCellsAreNoMarkup(t *testing.T) {
	text := dangerousPage(t, filepath.Join(t.TempDir(), "r.html"))
	text = strings.Replace(strings.Replace(text, pageScript, "", 1), pageStyle, "", 1)
	for _, tag := range regexp.MustCompile(`<[a-zA-Z!/?][^\s>]*`).FindAllString(text, -1) {
		if !slices.Contains(ownTags, strings.TrimPrefix(tag[1:], "/")) {
			t.Errorf("a cell became %s", tag)
		}
	}
	if n := strings.Count(text, "<script"); n != 3 { // the rows, the facts, the script
		t.Errorf("%d scripts", n)
	}
	for _, attribute := range regexp.MustCompile(`<[^>]*\s(on\w+|src|style)\s*=[^>]*>`).FindAllString(text, -1) {
		t.Errorf("a cell became an attribute: %s", attribute)
	}
	for _, link := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(text, -1) {
		if !regexp.MustCompile(`^#(rows|row-\d+)$`).MatchString(link[1]) {
			t.Errorf("a cell became a link: %s", link[1])
		}
	}
}

// ownTags are all tags in the page's template.
var ownTags = strings.Fields(`!DOCTYPE html head meta title style body a header main section p h1 h2 strong time bdi ul ol li span em code svg rect dl div dt dd
	button form label input select option optgroup noscript table caption thead tbody tr th td nav script`)

// The script gets each cell exactly as it is.
func TestCellsAreKept(t *testing.T) {
	rows := pageRowsOf(t, dangerousPage(t, filepath.Join(t.TempDir(), "r.html")))
	for i, cell := range dangers {
		want := danger(i+2, cell)
		body, err := office.Body(&want.Request.Office)
		if err != nil {
			t.Fatal(err)
		}
		if rows[i]["name"] != cell || rows[i]["words"] != cell || rows[i]["body"] != string(body) || !json.Valid([]byte(rows[i]["body"].(string))) {
			t.Errorf("%q became %v", cell, rows[i])
		}
	}
}
