// Package architecture holds the house together: who may import whom.
package architecture

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "officeimporter/"

// may says which of our own packages a package may import; ARCHITECTURE.md
// draws it. What is not listed here may import nothing of ours.
var may = map[string][]string{
	"cmd/importer":             {"internal/office", "internal/locale", "internal/parse", "internal/mapping", "internal/submit", "internal/report", "internal/ledger", "internal/simulator", "internal/notify"},
	"internal/mapping":         {"internal/parse", "internal/office", "internal/locale"},
	"internal/parse":           {"internal/office", "internal/workbook"},
	"internal/submit":          {"internal/office", "internal/locale"},
	"internal/report":          {"internal/office", "internal/workbook"},
	"internal/ledger":          {"internal/office"},
	"internal/office":          {"internal/locale"},
	"internal/locale/generate": {"internal/locale"},
	"samples/generate":         {"internal/office", "internal/locale", "internal/mapping"},
}

// only says which of our packages alone may import a package of others.
var only = map[string][]string{
	"net/http":                          {"internal/submit", "internal/simulator", "internal/notify"},
	"github.com/xuri/excelize/v2":       {"internal/mapping", "internal/workbook", "internal/parse", "internal/report", "samples/generate"},
	"github.com/gocarina/gocsv":         {"internal/report"},
	"github.com/schollz/progressbar/v3": {"cmd/importer"},
	"github.com/spf13/cobra":            {"cmd/importer"},
	"golang.org/x/sync/errgroup":        {"internal/submit", "cmd/importer"},
	"github.com/nyaruka/phonenumbers":   {"internal/locale"},
	"go.yaml.in/yaml/v3":                {"internal/mapping", "cmd/importer"},
	"github.com/gofrs/flock":            {"internal/report"},
	"github.com/agnivade/levenshtein":   {"internal/mapping", "internal/locale", "cmd/importer"},

	"github.com/jackc/pgx/v5":         {"internal/ledger"},
	"github.com/jackc/pgx/v5/pgxpool": {"internal/ledger"},
	"github.com/jackc/pgx/v5/pgconn":  {"internal/ledger"},

	"github.com/prometheus/client_golang/prometheus": {"cmd/importer"},
	"github.com/segmentio/encoding/json":             {"internal/report"},
}

type listed struct {
	ImportPath string
	Imports    []string
}

func packages(t *testing.T) (all []listed) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports", "./...").Output()
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

func TestWhoImportsWhom(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		for _, imported := range p.Imports {
			if own, ours := strings.CutPrefix(imported, module); ours && !slices.Contains(may[name], own) {
				t.Errorf("%s imports %s", name, own)
			}
			if allowed, limited := only[imported]; limited && !slices.Contains(allowed, name) {
				t.Errorf("%s imports %s, which is for %s", name, imported, strings.Join(allowed, ", "))
			}
		}
	}
}

// Each of the packages that must be used is used.
func TestFixedPackagesAreUsed(t *testing.T) {
	used := map[string]bool{}
	for _, p := range packages(t) {
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
