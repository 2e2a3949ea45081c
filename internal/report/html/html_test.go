package html

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"officeimporter/internal/atomicfile"
	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/report/reporttest"
)

// writePage writes a report of the rows with a prepared summary.
func writePage(t testing.TB, path string, s *report.Summary, all []office.Result) string {
	t.Helper()
	w, err := createPage(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
		s.Add(r)
	}
	s.Read = len(all)
	if err := w.Close(s); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(w.Path())
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func pageSummary() *report.Summary {
	return &report.Summary{Verb: "run", Made: time.Date(2026, 11, 3, 14, 6, 0, 0, time.UTC), File: "lists/offices.xlsx", SHA256: strings.Repeat("ab", 32), Sheet: "Sites",
		Server: "sandbox", Company: "42", Rate: 1200, Plan: "3f9a-c21b-77e0", Journal: "lists/offices.sandbox.journal", Stopped: "--first 5 were sent",
		Notes: []string{"a note"}, Next: []string{"importer run lists/offices.xlsx --server sandbox", "look at what is unknown"},
		Columns: []report.Column{{Letter: "A", Heading: "Site", Use: "name", Fields: []string{"name"}}, {Letter: "B", Heading: "Notes"}}}
}

// pageResults includes an office that the server stored differently.
func pageResults(t testing.TB) []office.Result {
	all := reporttest.Results(t)
	all[1].Record.Differs = []office.Difference{{Field: "timezone", Sent: "US/Eastern", Stored: "America/New_York"}}
	all[1].Record.RequestID = "req-7"
	return all
}

// The golden page leaves out style and script, which change for other reasons.
func TestPage(t *testing.T) {
	text := writePage(t, filepath.Join(t.TempDir(), "r.html"), pageSummary(), pageResults(t))
	for name, part := range map[string]string{"STYLE": pageStyle, "SCRIPT": pageScript} {
		text = strings.Replace(text, part, name, 1)
		text = strings.Replace(text, sourceHash(part), "HASH-OF-"+name, 1)
	}
	reporttest.Golden(t, "report.html", text)
}

func between(t *testing.T, text, from, to string) string {
	t.Helper()
	_, after, begun := strings.Cut(text, from)
	part, _, ended := strings.Cut(after, to)
	if !begun || !ended {
		t.Fatalf("there is nothing between %s and %s", from, to)
	}
	return part
}

// The policy lets a browser run only what the page itself contains.
func TestPagePolicy(t *testing.T) {
	text := writePage(t, filepath.Join(t.TempDir(), "r.html"), pageSummary(), reporttest.Results(t))
	policy := between(t, text, `<meta http-equiv="Content-Security-Policy" content="`, `"`)
	if strings.Index(text, policy) > strings.Index(text, "<style>") {
		t.Error("the policy stands after what it is for")
	}
	for directive, content := range map[string]string{"style-src": between(t, text, "<style>", "</style>"), "script-src": between(t, text, "<script>", "</script>")} {
		sum := sha256.Sum256([]byte(content))
		if want := directive + " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "';"; !strings.Contains(policy, want) {
			t.Errorf("no %s in %s", want, policy)
		}
	}
	if !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(policy, "unsafe") {
		t.Errorf("the policy is %s", policy)
	}
	if handlers := regexp.MustCompile(`<[^>]*\s(on\w+|style|src)=`).FindString(text); handlers != "" {
		t.Errorf("the policy forbids %s", handlers)
	}
}

func TestPageNeedsNoOther(t *testing.T) {
	text := writePage(t, filepath.Join(t.TempDir(), "r.html"), pageSummary(), pageResults(t))
	if at := regexp.MustCompile(`.{0,40}(https?:)?//\w.{0,20}`).FindString(text[strings.Index(text, "<body>"):strings.Index(text, "<script>")]); at != "" {
		t.Errorf("an address: %s", at)
	}
	for _, part := range []string{pageStyle, pageScript} {
		if at := regexp.MustCompile(`.{0,40}(://|@import|url\(|fetch\(|import\(|innerHTML).{0,20}`).FindString(part); at != "" {
			t.Errorf("it reaches for %s", at)
		}
	}
	for _, link := range regexp.MustCompile(`href="([^"]*)"`).FindAllStringSubmatch(text, -1) {
		if !strings.HasPrefix(link[1], "#") {
			t.Errorf("a link leaves the page: %s", link[1])
		}
	}
}

// pageRowsOf reads the rows as the script does.
func pageRowsOf(t *testing.T, text string) (rows []map[string]any) {
	t.Helper()
	for _, block := range regexp.MustCompile(`(?s)<script type="application/json" class="rows">(.*?)</script>`).FindAllStringSubmatch(text, -1) {
		var part []map[string]any
		if err := json.Unmarshal([]byte(block[1]), &part); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, part...)
	}
	return rows
}

func TestPageOfManyBlocks(t *testing.T) {
	for _, n := range []int{0, 1, blockRows, 2*blockRows + 1} {
		all := make([]office.Result, n)
		for i := range all {
			all[i] = reporttest.Results(t)[0]
			all[i].Request.Row = i + 2
		}
		text := writePage(t, filepath.Join(t.TempDir(), "r.html"), pageSummary(), all)
		rows := pageRowsOf(t, text)
		if len(rows) != n || n > 0 && rows[n-1]["row"] != float64(n+1) {
			t.Errorf("%d rows of %d", len(rows), n)
		}
		if plain := strings.Count(text, `<tr id="row-`); plain != min(n, plainRows) {
			t.Errorf("%d of %d rows without the script", plain, n)
		}
		if n > 0 && rows[n-1]["body"] != string(all[0].Request.Body) {
			t.Errorf("the body is %v", rows[n-1]["body"])
		}
	}
}

// A row takes little more than its body, once, because pages are sent by mail.
func TestPageSize(t *testing.T) {
	const n = 1000
	all := make([]office.Result, n)
	for i := range all {
		r := reporttest.Results(t)[0]
		r.Request.Row, r.Request.Office.Name = i+2, fmt.Sprintf("Office %d", i)
		r.Request.Office.GroupDescription = strings.Repeat(`"x" & y `, 100)
		if err := r.Request.Seal(); err != nil {
			t.Fatal(err)
		}
		all[i] = r
	}
	empty := len(writePage(t, filepath.Join(t.TempDir(), "e.html"), pageSummary(), nil))
	row := (len(writePage(t, filepath.Join(t.TempDir(), "r.html"), pageSummary(), all)) - empty) / n
	if body := len(all[0].Request.Body); row > body*2+500 {
		t.Errorf("%d bytes a row, of which the body is %d", row, body)
	}
}

func TestReadingTableIsBounded(t *testing.T) {
	var table readingTable
	encoded := table.encode([]office.Reading{{Field: "country", Value: "Deutschland", Read: "DE", Rule: "country"}, {Field: "country", Value: "Deutschland", Read: "DE", Rule: "country"}})
	if diff := cmp.Diff([]any{0, 0}, encoded); diff != "" {
		t.Error(diff)
	}
	for i := range maxTable + 5 {
		encoded = table.encode([]office.Reading{{Field: "country", Column: "Land", Value: fmt.Sprint(i), Read: "x", Rule: "country"}})
	}
	if diff := cmp.Diff([]any{[]any{1, "Land", fmt.Sprint(maxTable + 4), "x", "country"}}, encoded); diff != "" || len(table.list) != maxTable {
		t.Errorf("%d in the table: %s", len(table.list), diff)
	}
}

func TestAbortedPageLeavesNothing(t *testing.T) {
	folder := t.TempDir()
	w, err := createPage(filepath.Join(folder, "r.html"))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(reporttest.Results(t)[0]); err != nil {
		t.Fatal(err)
	}
	if err := w.Abort(); err != nil {
		t.Error(err)
	}
	reporttest.WantFolder(t, folder, map[string]string{})
}

func TestPageLeavesNothingBesideIt(t *testing.T) {
	folder := t.TempDir()
	text := writePage(t, filepath.Join(folder, "r.html"), pageSummary(), reporttest.Results(t))
	reporttest.WantFolder(t, folder, map[string]string{"r.html": text})
}

func createPage(path string) (report.Writer, error) {
	f, err := atomicfile.Create(path)
	if err != nil {
		return nil, err
	}
	return New(f)
}
