package html

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"officeimporter/internal/office"
)

// TestPageInBrowser uses the page as a person would.
func TestPageInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	browser := startBrowser(t)
	small, dangerous := filepath.Join(t.TempDir(), "small.html"), filepath.Join(t.TempDir(), "danger.html")
	writePage(t, small, pageSummary(), browserResults(t))
	dangerousPage(t, dangerous)
	for name, use := range map[string]func(*tab){"search": useSearch, "filters": useFilters, "sorting": useSorting, "opening": useOpening, "copying": useCopying,
		"keyboard": useKeyboard, "address": useAddress, "paper": usePaper} {
		t.Run(name, func(t *testing.T) { use(openTab(t, browser, small)) })
	}
	t.Run("danger", func(t *testing.T) { useDanger(openTab(t, browser, dangerous)) })
	t.Run("no script", func(t *testing.T) { useNoScript(t, browser, small) })
}

// browserResults are the results of the golden page, one complete office, and enough rows for a second page of the
// table.
func browserResults(t testing.TB) []office.Result {
	all := pageResults(t)
	all[0].Request.Office = fullOffice()
	all[0].Request.Office.Name = "A & B"
	if err := all[0].Request.Seal(); err != nil {
		t.Fatal(err)
	}
	for row := range 60 {
		all = append(all, office.Result{Outcome: office.Pending, Request: office.Request{Row: 100 + row, Office: office.Office{Name: "More", Country: "CA", Timezone: "America/Toronto"}}})
	}
	return all
}

// manyResults are rows of different offices that would be created.
func manyResults(t testing.TB, n int) []office.Result {
	all := make([]office.Result, n)
	for i := range all {
		r := office.Request{Row: i + 2, Office: fullOffice()}
		r.Office.Name = fmt.Sprintf("Office %d", i)
		if i%3 == 0 {
			r.Office.Country = "CA"
		}
		if err := r.Seal(); err != nil {
			t.Fatal(err)
		}
		all[i] = office.Result{Request: r, Outcome: office.Ready}
	}
	return all
}

func fullOffice() office.Office {
	id, yes := int64(9223372036854775807), true
	o := office.Office{Country: "US", Invoiced: &yes, HoursOn: &yes, MondayHours: office.Hours{"08:00", "12:00", "14:00", "18:00"}, SundayHours: office.Closed(), FirstAction: "menu"}
	o.BillingAddress.City, o.GroupDescription = "Old Harbor", `say "hi", \"name":`
	o.RoutingOptions.Open = office.Routing{Action: "department", ActionTargetType: "department", ActionTargetID: &id, DTMF: []office.DTMF{{Input: "1", Options: office.DTMFOptions{Action: "voicemail"}}}}
	return o
}

const (
	namesShown = `[...document.querySelectorAll('#table > tbody > tr > th')].map(th => th.querySelector('.opener').textContent).join()`
	countShown = `byId('count').textContent`
)

func useSearch(p *tab) {
	wants(p, countShown, "All 67 rows")
	p.click("#search")
	p.press("HARBOR old")
	wants(p, countShown, "1 row of 67")
	wants(p, namesShown, "A & B")
	p.click("button[type=reset]")
	p.do(chromedp.WaitReady(chromedp.CSS("#row-3")))
	wants(p, countShown, "All 67 rows")
	for text, want := range map[string]string{"leading zero": "1 row of 67", "billing_address": "0 rows of 67", "9223372036854775807": "1 row of 67", "req-7": "1 row of 67", `say "hi", \\"name`: "1 row of 67"} {
		p.choose("search", text)
		wants(p, countShown, want)
	}
}

func useFilters(p *tab) {
	p.choose("status", "pending")
	wants(p, countShown, "61 rows of 67")
	p.choose("country", "CA")
	wants(p, countShown, "60 rows of 67")
	p.click(".tiles .refused a")
	wants(p, countShown, "1 row of 67")
	wants(p, `byId('country').value + document.activeElement.id`, "rows")
	p.choose("status", "")
	p.choose("group", "1") // the region that is missing
	wants(p, countShown, "1 row of 67")
	wants(p, `state.found[0].row`, 5)
	p.choose("group", "4") // the server's words
	wants(p, `state.found[0].row`, 7)
	p.choose("group", "5") // a warning
	wants(p, `state.found[0].row`, 2)
}

func useSorting(p *tab) {
	wants(p, `document.querySelector('[aria-sort]').dataset.sort`, "row")
	p.click("#table th.name button")
	wants(p, `document.querySelector('[aria-sort=ascending]').dataset.sort + state.found[0].name`, "name+14155550100")
	p.click("#table th.name button")
	wants(p, `document.querySelector('[aria-sort=descending]').dataset.sort + state.found[0].row`, "name4")
	p.click("#table th[data-sort=status] button")
	wants(p, `state.found.slice(0, 3).map(row => row.status).join()`, "unknown,refused,invalid")
	p.click("#next")
	wants(p, `body.rows.length + byId('page').textContent`, "17Page 2 of 2")
	p.click("#next")
	wants(p, `byId('page').textContent`, "Page 2 of 2")
}

func useOpening(p *tab) {
	wants(p, `document.querySelector('#row-2 .opener').getAttribute('aria-expanded')`, "false")
	p.click("#row-2 .opener")
	wants(p, `document.activeElement.getAttribute('aria-expanded') + document.activeElement.getAttribute('aria-controls')`, "truedetail-2")
	cell := func(label string) string {
		return `[...document.querySelectorAll('#detail-2 .cells tr')].find(tr => tr.cells[0].textContent.startsWith('` + label + `'))`
	}
	wants(p, cell("Monday hours")+`.cells[1].textContent`, "8am-6pm")
	wants(p, cell("Monday hours")+`.cells[2].textContent`, "08:00-18:00changed: read as opening hours")
	wants(p, cell("Monday hours")+`.className`, "changed")
	wants(p, cell("Paid by invoice")+`.className`, "")
	wants(p, cell("Office name")+`.cells[0].textContent`, "Office nameA Site")
	wants(p, cell("Open: target id")+`.cells[2].textContent`, "9223372036854775807")
	wants(p, `document.querySelector('#detail-2 .week').children[6].textContent`, "Sunclosed")
	wants(p, `document.querySelector('#detail-2 .week').children[1].textContent`, "Tue08:00-18:00 by default")
	wants(p, `document.querySelector('#detail-2 .menu').textContent`, "1 voicemail")
	p.click("#row-3 .opener")
	wants(p, `document.querySelector('#detail-3').textContent.includes('timezone') || document.querySelector('#detail-3').textContent.includes('Time zoneUS/EasternAmerica/New_York')`, true)
	p.click("#row-2 .opener")
	wants(p, `byId('detail-2') === null`, true)
	p.click("#open-all")
	wants(p, `document.querySelectorAll('.detail').length`, 50)
}

func useCopying(p *tab) {
	p.click("#row-2 .opener")
	eval[bool](p, `navigator.clipboard.writeText = async text => { copiedText = text; }; true`)
	p.click("#detail-2 .copy")
	wants(p, `copiedText === rows[0].body`, true)
	wants(p, `document.querySelector('#detail-2 .copy').textContent`, "Copied")
	wants(p, `JSON.stringify(JSON.parse(document.querySelector('#detail-2 .body').textContent)) === JSON.stringify(JSON.parse(rows[0].body))`, true)
	wants(p, `document.querySelector('#detail-2 .body').textContent.includes('"action_target_id": 9223372036854775807')`, true)
	p.click(".steps .copy")
	wants(p, `copiedText`, "importer run lists/offices.xlsx --server sandbox")
}

// Everything can be reached without a mouse.
func useKeyboard(p *tab) {
	p.press(kb.Tab)
	wants(p, `document.activeElement.className`, "skip")
	p.press(kb.Enter)
	wants(p, `document.activeElement.id`, "rows")
	p.press(kb.Tab)
	wants(p, `document.activeElement.id`, "search")
	p.press("row")
	p.press(kb.Tab + kb.Tab + kb.Tab + kb.Tab)
	wants(p, `document.activeElement.type`, "reset")
	p.press(kb.Enter)
	p.do(chromedp.WaitReady(chromedp.CSS("#row-3")))
	for range 9 { // the view, the headings
		p.press(kb.Tab)
	}
	wants(p, `document.activeElement.closest('tr').id`, "row-2")
	p.press(kb.ArrowDown + kb.ArrowDown + kb.ArrowUp)
	wants(p, `document.activeElement.closest('tr').id`, "row-3")
	p.press(kb.Enter)
	wants(p, `document.activeElement.getAttribute('aria-expanded') + document.activeElement.closest('tr').id`, "truerow-3")
	wants(p, `getComputedStyle(document.activeElement).outlineStyle`, "solid")
	p.press(" ")
	wants(p, `document.activeElement.getAttribute('aria-expanded')`, "false")
}

func useAddress(p *tab) {
	p.choose("status", "created")
	eval[string](p, `location.hash = '#row-150'`)
	p.do(chromedp.WaitReady(chromedp.CSS("#detail-150")))
	wants(p, `byId('page').textContent + document.activeElement.closest('tr').id`, "Page 2 of 2row-150")
}

// A print-out has all rows that were found, not just one page of them.
func usePaper(p *tab) {
	p.choose("status", "pending")
	eval[bool](p, `printed = 0; window.addEventListener('beforeprint', () => { printed = body.rows.length; }); true`)
	pdf, err := chromedp.Run(p.ctx, chromedp.PrintToPDF())
	if err != nil || len(pdf) < 1000 {
		p.Errorf("%d bytes of PDF (%v)", len(pdf), err)
	}
	wants(p, `printed`, 61)
	wants(p, `body.rows.length`, 50)
}

// Cells that look like script or markup are shown as text everywhere.
func useDanger(p *tab) {
	p.click("#open-all")
	wants(p, `document.querySelectorAll('.detail').length`, len(dangers))
	wants(p, `hits`, 0)
	wants(p, `document.querySelectorAll('img, hr, b, iframe, [onload], [onerror], [onmouseover]').length`, 0)
	wants(p, `document.scripts.length`, 2) // the facts, and the script itself
	wants(p, `document.querySelector('#row-2 .opener').textContent`, dangers[0])
	wants(p, `[...document.links].every(a => /^#(rows|row-\d+)$/.test(a.getAttribute('href')))`, true)
	wants(p, `rows.every((row, i) => JSON.parse(row.body).name === row.name)`, true)
	wants(p, `try { document.body.innerHTML = '<i>'; 'markup' } catch { 'refused' }`, "refused")
	p.forgive("TrustedHTML")
}

func useNoScript(t *testing.T, browser context.Context, file string) {
	p := newTab(t, browser)
	_, err := chromedp.Call(p.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.must(err)
	p.do(chromedp.Navigate("file://" + file))
	for selector, visible := range map[string]bool{"h1": true, ".tiles": true, "#row-5": true, "#row-159": true, "noscript p": true, "#controls": false, ".copy": false} {
		box, err := chromedp.Run(p.ctx, withTimeout(chromedp.Dimensions(chromedp.CSS(selector), chromedp.NodeReady)))
		if got := err == nil && box.Height > 0; got != visible {
			t.Errorf("%s is visible: %t (%v)", selector, got, err)
		}
	}
}

// withTimeout limits the wait for something that may not appear.
func withTimeout[V any](action chromedp.Action[V]) chromedp.Action[V] {
	return func(ctx context.Context, t *chromedp.Target) (V, error) {
		ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
		defer cancel()
		return action(ctx, t)
	}
}
