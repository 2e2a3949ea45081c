package html

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"officeimporter/internal/report/reporttest"
)

// tab is a page in a browser. The test fails if the page logs an error or requests anything that isn't a local file.
type tab struct {
	*testing.T
	ctx   context.Context
	mu    sync.Mutex
	wrong []string
}

// startBrowser starts one browser for all tabs of a test.
func startBrowser(t *testing.T) context.Context {
	t.Helper()
	program := findBrowser(t)
	home, err := os.MkdirTemp("", "browser-") // not t.TempDir, as a process of the browser may write into it for a moment after the end
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(home) })
	ctx, cancel := chromedp.NewContext(context.Background(), chromedp.WithAllocatorOptions(chromedp.ExecPath(program),
		chromedp.Env("HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home)))
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// newTab opens an empty tab. Its pages have a function hit that counts its calls.
func newTab(t *testing.T, browser context.Context) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	ctx, late := context.WithTimeout(ctx, time.Minute)
	p := &tab{T: t, ctx: ctx}
	t.Cleanup(func() { late(); cancel(); p.complain() })
	if err := chromedp.Listen(ctx, p.hear); err != nil {
		t.Fatal(err)
	}
	_, err := chromedp.Call(ctx, cdp.AddScriptToEvaluateOnNewDocument, cdp.AddScriptToEvaluateOnNewDocumentParams{Source: "hits = 0; hit = () => hits++"})
	p.must(err)
	return p
}

// openTab opens a file in a desktop-sized window.
func openTab(t *testing.T, browser context.Context, file string) *tab {
	t.Helper()
	p := newTab(t, browser)
	p.do(chromedp.EmulateViewport(1280, 900), chromedp.Navigate("file://"+file))
	return p
}

func (p *tab) hear(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, "file://") {
			p.wrong = append(p.wrong, "asks for "+e.Request.URL)
		}
	case *log.EventEntryAdded:
		p.wrong = append(p.wrong, "says "+e.Entry.Text)
	case *runtime.EventConsoleAPICalled:
		p.wrong = append(p.wrong, "writes to the console")
	case *runtime.EventExceptionThrown:
		p.wrong = append(p.wrong, "throws "+(&chromedp.ExceptionError{ExceptionDetails: e.ExceptionDetails}).Error())
	}
}

func (p *tab) complain() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, wrong := range p.wrong {
		p.Error("the page " + wrong)
	}
}

// forgive ignores errors that the test caused on purpose.
func (p *tab) forgive(words string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wrong = slices.DeleteFunc(p.wrong, func(wrong string) bool { return strings.Contains(wrong, words) })
}

func (p *tab) must(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

func (p *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	p.must(chromedp.Do(p.ctx, steps...))
}

func (p *tab) click(selector string) {
	p.Helper()
	p.do(chromedp.Click(chromedp.CSS(selector)))
}

// press presses keys one after the other.
func (p *tab) press(keys string) {
	p.Helper()
	p.do(chromedp.KeyEvent(keys))
}

// choose selects an entry of a list as a person would.
func (p *tab) choose(id, value string) {
	p.Helper()
	eval[bool](p, "byId('"+id+"').value = '"+value+"'; byId('"+id+"').dispatchEvent(new Event('input', {bubbles: true}))")
}

func eval[V any](p *tab, script string) V {
	p.Helper()
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[V](script, chromedp.EvalAwaitPromise))
	p.must(err)
	return value
}

// wants compares the result of a script.
func wants[V comparable](p *tab, script string, want V) {
	p.Helper()
	if got := eval[V](p, script); got != want {
		p.Errorf("%s is %v, want %v", script, got, want)
	}
}

// findBrowser returns the path of Chromium, and skips the test if there is none.
func findBrowser(t testing.TB) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv(reporttest.AllVariable) != "" {
		t.Fatalf("this test needs Chromium, and %s is set", reporttest.AllVariable)
	}
	t.Skip("there is no Chromium to show the page to")
	return ""
}
