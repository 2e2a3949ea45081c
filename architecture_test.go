// Package architecture holds the house together: who may import whom, and that
// ARCHITECTURE.md leads to files that are there.
package architecture

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "officeimporter/"

// may says which of our own packages a package may import, all below internal/
// but for the first and the last two. What is not listed may import none of
// ours. No stage (parse, mapping, submit, report) imports another.
var may = map[string]string{
	"cmd/importer": "importer simulator notify near report report/metrics mapping mapping/headings mapping/template " +
		"parse parse/sheet journal journal/lock journal/postgres submit submit/api office",
	"importer": "parse parse/sheet mapping mapping/headings submit submit/api submit/limit journal journal/lock journal/postgres " +
		"report report/html report/book fix simulator atomicfile office",

	"parse":           "parse/sheet parse/snapshot parse/delimited parse/xlsx office",
	"parse/sheet":     "office",
	"parse/snapshot":  "parse/sheet",
	"parse/delimited": "parse/sheet parse/snapshot office",
	"parse/xlsx":      "parse/sheet parse/snapshot parse/xlsx/xmltoken office",

	"mapping":          "mapping/headings mapping/cell mapping/hours parse/sheet near office locale",
	"mapping/headings": "mapping/cell mapping/hours parse/sheet near office locale",
	"mapping/cell":     "mapping/hours parse/sheet near office locale",
	"mapping/hours":    "parse/sheet office locale",
	"mapping/template": "office",

	"submit":     "submit/api submit/limit office locale",
	"submit/api": "submit/limit office",

	"journal":          "atomicfile office",
	"journal/lock":     "journal atomicfile",
	"journal/postgres": "office",

	"report":         "atomicfile office",
	"report/html":    "report atomicfile office",
	"report/book":    "report workbook atomicfile office",
	"report/metrics": "office",

	"fix":    "parse/sheet parse/delimited parse/xlsx report workbook atomicfile office",
	"office": "locale",
	"locale": "near",

	"parse/parsetest":     "office",
	"parse/sheettest":     "parse/sheet parse/snapshot",
	"mapping/mappingtest": "parse/sheet office",
	"report/reporttest":   "office",

	"locale/generate":  "locale",
	"samples/generate": "mapping/template office locale",
}

// only says which of our packages alone may import a package of others.
var only = map[string]string{
	"net/http":                          "submit/api simulator notify",
	"github.com/xuri/excelize/v2":       "report/book fix mapping/template workbook samples/generate",
	"github.com/gocarina/gocsv":         "report",
	"github.com/schollz/progressbar/v3": "cmd/importer",
	"github.com/spf13/cobra":            "cmd/importer",
	"github.com/spf13/pflag":            "cmd/importer",
	"golang.org/x/sync/errgroup":        "importer submit",
	"github.com/nyaruka/phonenumbers":   "locale",
	"go.yaml.in/yaml/v3":                "mapping/headings cmd/importer",
	"github.com/gofrs/flock":            "journal journal/lock",
	"github.com/agnivade/levenshtein":   "near",

	"github.com/jackc/pgx/v5":         "journal/postgres",
	"github.com/jackc/pgx/v5/pgxpool": "journal/postgres",
	"github.com/jackc/pgx/v5/pgconn":  "journal/postgres",

	"github.com/prometheus/client_golang/prometheus": "report/metrics",
	"github.com/segmentio/encoding/json":             "journal",
}

type listed struct {
	ImportPath    string
	Imports, Deps []string
}

// list runs go list, which may name dependencies too.
func list(t *testing.T, arguments ...string) (all []listed) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", append([]string{"list", "-json=ImportPath,Imports,Deps"}, arguments...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p listed
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// room is a package's name in the tables.
func room(importPath string) string {
	return strings.TrimPrefix(strings.TrimPrefix(importPath, module), "internal/")
}

func TestWhoImportsWhom(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range list(t, "./...") {
		name := room(p.ImportPath)
		seen[name] = true
		for _, imported := range p.Imports {
			if strings.HasPrefix(imported, module) && !slices.Contains(strings.Fields(may[name]), room(imported)) {
				t.Errorf("%s imports %s", name, room(imported))
			}
			if allowed, limited := only[imported]; limited && !slices.Contains(strings.Fields(allowed), name) {
				t.Errorf("%s imports %s, which is for %s", name, imported, allowed)
			}
		}
	}
	for name, others := range may {
		for _, other := range append(strings.Fields(others), name) {
			if !seen[other] {
				t.Errorf("the table names %s, which isn't there", other)
			}
		}
	}
}

// The tests of these packages need no more than the packages: reading hours or
// replaying a journal compiles no spreadsheet library.
func TestTestsNeedLittle(t *testing.T) {
	for _, name := range []string{"journal", "journal/lock", "mapping/hours", "mapping/cell", "submit/...", "parse/sheet", "parse/delimited"} {
		for _, p := range list(t, "-test", "./internal/"+name) {
			for _, heavy := range []string{"github.com/xuri/excelize/v2", "github.com/spf13/cobra", "github.com/jackc/pgx/v5"} {
				if slices.Contains(p.Deps, heavy) {
					t.Errorf("%s compiles %s", p.ImportPath, heavy)
				}
			}
		}
	}
}

// Each of the packages that must be used is used.
func TestFixedPackagesAreUsed(t *testing.T) {
	used := map[string]bool{}
	for _, p := range list(t, "./...") {
		for _, imported := range p.Imports {
			used[imported] = true
		}
	}
	for _, name := range []string{"github.com/gocarina/gocsv", "github.com/xuri/excelize/v2", "golang.org/x/sync/errgroup", "github.com/schollz/progressbar/v3"} {
		if !used[name] {
			t.Errorf("%s is not used", name)
		}
	}
}

// A file in back-ticks or behind a link, and a function behind it:
// `submit/send.go`, [the limiter](internal/submit/limit/limiter.go).
var (
	mentioned = regexp.MustCompile("`([a-z_]+(?:/[A-Za-z_.*]+)+)`")
	linked    = regexp.MustCompile(`\]\(([^)#:]+)\)`)
)

// What ARCHITECTURE.md names is there.
func TestArchitectureLeadsSomewhere(t *testing.T) {
	text, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	paths := linked.FindAllStringSubmatch(string(text), -1)
	if len(paths) < 20 {
		t.Errorf("only %d links", len(paths))
	}
	for _, m := range paths {
		if _, err := os.Stat(m[1]); err != nil {
			t.Errorf("a link leads nowhere: %v", err)
		}
	}
	for _, m := range mentioned.FindAllStringSubmatch(string(text), -1) {
		_, outside := os.Stat(m[1])
		if _, err := os.Stat("internal/" + m[1]); err != nil && outside != nil {
			t.Errorf("%s isn't there", m[1])
		}
	}
}
