package html

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestPageForEveryone checks the page with axe-core and the rules of WCAG 2.1 A and AA.
func TestPageForEveryone(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	browser := startBrowser(t)
	file := filepath.Join(t.TempDir(), "r.html")
	s := pageSummary()
	s.Approve = "importer run lists/offices.xlsx --server production --plan 3f9a-c21b-77e0"
	writePage(t, file, s, browserResults(t))
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{1280, 360} {
			t.Run(fmt.Sprintf("%s, %d wide", scheme, width), func(t *testing.T) {
				p := newTab(t, browser)
				p.paint(scheme, width, file)
				p.audit(string(axe))
				wants(p, `document.documentElement.scrollWidth <= innerWidth`, true) // nothing to scroll sideways
			})
		}
	}
}

// paint shows a file with the details of a country's rows open.
func (p *tab) paint(scheme string, width int64, file string) {
	p.Helper()
	_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
	p.must(err)
	_, err = chromedp.Call(p.ctx, cdp.SetBypassCSP, cdp.SetBypassCSPParams{Enabled: true}) // axe makes markup
	p.must(err)
	p.do(chromedp.EmulateViewport(width, 900), chromedp.Navigate("file://"+file))
	wants(p, `matchMedia('(prefers-color-scheme: dark)').matches`, scheme == "dark")
	p.choose("country", "US")
	p.click("#open-all")
	wants(p, `document.querySelectorAll('.detail').length`, 7)
}

func (p *tab) audit(axe string) {
	p.Helper()
	eval[bool](p, axe+"; true")
	found := eval[string](p, `axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']}).then(result =>
		result.passes.length < 20 ? 'only ' + result.passes.length + ' rules looked at anything' :
		result.violations.map(v => v.id + ': ' + v.help + '\n' + v.nodes.slice(0, 3).map(n => '  ' + n.html + '\n  ' + n.failureSummary).join('\n')).join('\n'))`)
	if found != "" {
		p.Error(found)
	}
}

// TestLargePage logs how long a browser takes. Machines differ too much for a limit.
func TestLargePage(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	browser := startBrowser(t)
	file := filepath.Join(t.TempDir(), "large.html")
	const n = 20000
	size := len(writePage(t, file, pageSummary(), manyResults(t, n)))
	begun := time.Now()
	p := openTab(t, browser, file)
	t.Logf("%d rows, %d bytes: loaded in %s, first paint after %.0f ms, usable after %.0f ms", n, size, time.Since(begun).Round(time.Millisecond),
		eval[float64](p, `performance.getEntriesByName('first-contentful-paint')[0].startTime`), eval[float64](p, `performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd`))
	wants(p, countShown, "All 20,000 rows")
	for _, what := range []string{"search.value = 'office 19999'", "search.value = 'harbor'", "country.value = 'CA'", "search.value = ''"} {
		took := eval[float64](p, `(() => { const from = performance.now(); document.forms[0].elements.`+what+`; refilter(); document.body.offsetHeight; return performance.now() - from })()`)
		t.Logf("%-30s %4.0f ms, %s", what, took, eval[string](p, countShown))
	}
	took := eval[float64](p, `(() => { const from = performance.now(); sortBy(document.querySelector('[data-sort=name]')); document.body.offsetHeight; return performance.now() - from })()`)
	t.Logf("%-30s %4.0f ms", "sort by name", took)
	wants(p, `new Set(rows).size`, n)
}
