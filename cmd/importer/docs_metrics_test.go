package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

const (
	alertRules = "../../docs/alerts.rules.yml"
	dashboard  = "../../docs/grafana-dashboard.json"
)

func promtool(t *testing.T, args ...string) {
	t.Helper()
	if testing.Short() {
		t.Skip("starts promtool")
	}
	needProgram(t, "promtool")
	if out, err := exec.CommandContext(t.Context(), "promtool", args...).CombinedOutput(); err != nil {
		t.Errorf("promtool %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The rules are valid, and each alert fires when it should.
func TestAlertRules(t *testing.T) {
	promtool(t, "check", "rules", "--lint=all", "--lint-fatal", alertRules)
	promtool(t, "test", "rules", "testdata/alerts.test.yml")
}

// The program writes the metrics and labels that the dashboard and the rules use.
func TestMetricsOfDocs(t *testing.T) {
	known := metricNames(t)
	labels := regexp.MustCompile(`\{([^}]*)\}`)
	for path, all := range map[string][]string{dashboard: dashboardExpressions(t), alertRules: ruleExpressions(t)} {
		for _, expr := range all {
			for _, at := range regexp.MustCompile(`\bimporter_\w+`).FindAllStringIndex(expr, -1) {
				name, rest := expr[at[0]:at[1]], expr[at[1]:]
				if known[name] == nil {
					t.Errorf("%s: the program writes no metric %s", path, name)
				}
				selector := labels.FindStringSubmatch(rest)
				if !strings.HasPrefix(rest, "{") || selector == nil {
					continue
				}
				for _, label := range regexp.MustCompile(`(\w+)=`).FindAllStringSubmatch(selector[1], -1) {
					if !strings.Contains(strings.Join(known[name], " ")+" ", label[1]+" ") {
						t.Errorf("%s: metric %s has no label %s", path, name, label[1])
					}
				}
			}
		}
	}
}

// Prometheus accepts each expression of the dashboard.
func TestDashboardExpressions(t *testing.T) {
	type rule struct {
		Record string `yaml:"record"`
		Expr   string `yaml:"expr"`
	}
	var rules []rule
	for i, expr := range dashboardExpressions(t) {
		rules = append(rules, rule{fmt.Sprintf("panel:%d", i), expr})
	}
	text, err := yaml.Marshal(map[string]any{"groups": []any{map[string]any{"name": "panels", "rules": rules}}})
	path := filepath.Join(t.TempDir(), "panels.yml")
	if err == nil {
		err = os.WriteFile(path, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	promtool(t, "check", "rules", "--lint=all", "--lint-fatal", path)
}

func dashboardExpressions(t *testing.T) (all []string) {
	t.Helper()
	var d struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
		Templating struct {
			List []struct {
				Name string
			}
		}
	}
	text := read(t, dashboard)
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		t.Fatal(err)
	}
	for _, p := range d.Panels {
		if len(p.Targets) == 0 {
			t.Errorf("panel %q shows nothing", p.Title)
		}
		for _, target := range p.Targets {
			all = append(all, target.Expr)
		}
	}
	if len(all) < 8 {
		t.Fatalf("the dashboard has %d expressions", len(all))
	}
	variables := map[string]bool{}
	for _, v := range d.Templating.List {
		variables[v.Name] = true
	}
	for _, v := range regexp.MustCompile(`"[^"]*\$\{?([a-z]+)\b`).FindAllStringSubmatch(text, -1) {
		if !variables[v[1]] {
			t.Errorf("the dashboard has no variable %q", v[1])
		}
	}
	return all
}

func ruleExpressions(t *testing.T) (all []string) {
	t.Helper()
	var file struct {
		Groups []struct {
			Rules []struct{ Expr string }
		}
	}
	if err := yaml.Unmarshal([]byte(read(t, alertRules)), &file); err != nil {
		t.Fatal(err)
	}
	for _, g := range file.Groups {
		for _, r := range g.Rules {
			all = append(all, r.Expr)
		}
	}
	if len(all) != 4 {
		t.Fatalf("%d rules, want 4", len(all))
	}
	return all
}
