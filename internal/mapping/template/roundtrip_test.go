package template

import (
	"bytes"
	"flag"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"officeimporter/internal/mapping/cell"
	"officeimporter/internal/mapping/hours"
	"officeimporter/internal/office"
)

// locality is where an office may be: the fields of its address that must fit together.
type locality struct{ country, region, postal, phone, zone string }

var localities = []locality{
	{"US", "MA", "02134", "+16175550123", "America/New_York"}, {"US", "TX", "75201", "+12145550123", "US/Central"},
	{"CA", "ON", "K1A 0B1", "+16135550123", "America/Toronto"}, {"AU", "NSW", "2000", "+61255501234", "Australia/Sydney"},
	{"GB", "London", "SW1A 1AA", "+442079460123", "Europe/London"}, {"FR", "Île-de-France", "75008", "+33123456789", "Europe/Paris"},
	{"DE", "Berlin", "10115", "+4930123456", "Europe/Berlin"}, {"JP", "東京都", "100-0001", "+81312345678", "Asia/Tokyo"},
	{"NZ", "Auckland", "6011", "+6443334444", "Pacific/Auckland"},
}

var (
	// There is no letter P, so that no text is a post office box by chance.
	drawnText = rapid.StringMatching(`[A-OQ-Za-oq-z0-9ÄÖüß東京][A-OQ-Za-oq-z0-9 ,.&/;:()Äüß京'"=+@-]{0,40}[A-OQ-Za-oq-z0-9.)]`)
	drawnTime = rapid.IntRange(0, 24*60-1)
)

// drawValue draws a value for a field; nil if it is left out.
func drawValue(t *rapid.T, f *office.Field, at locality) any {
	switch f.Kind {
	case office.Text, office.LongText:
		return drawnText.Draw(t, f.Name)
	case office.Enum:
		return rapid.SampledFrom(f.Values).Draw(t, f.Name)
	case office.Country:
		return at.country
	case office.Region:
		return at.region
	case office.Postal:
		return at.postal
	case office.Bool:
		return rapid.Bool().Draw(t, f.Name)
	case office.Integer:
		return rapid.Int64Range(10, 45).Draw(t, f.Name)
	case office.ID:
		return rapid.Int64Range(1, 1<<63-1).Filter(func(n int64) bool { return n < 1e15 || n%10000 != 0 }).Draw(t, f.Name)
	case office.Phone:
		return at.phone
	case office.Email:
		return rapid.StringMatching(`[a-z]{1,9}(\.[a-z]{1,9})?@example\.(com|org)`).Draw(t, f.Name)
	case office.Zone:
		return at.zone
	case office.DayHours:
		return drawHours(t, f.Name)
	case office.Menu:
		return drawMenu(t, f.Name)
	}
	panic("no values for " + f.Name)
}

func drawHours(t *rapid.T, name string) office.Hours {
	minutes := rapid.SliceOfNDistinct(drawnTime, 0, 6, rapid.ID[int]).Draw(t, name)
	if len(minutes)%2 == 1 {
		minutes = minutes[1:]
	}
	h := office.Closed()
	for minute := range 24 * 60 {
		for _, m := range minutes {
			if m == minute {
				h = append(h, hours.ClockText(minute))
			}
		}
	}
	return h
}

func drawMenu(t *rapid.T, name string) []office.DTMF {
	keys := rapid.SliceOfNDistinct(rapid.IntRange(0, 9), 1, 4, rapid.ID[int]).Draw(t, name)
	menu := make([]office.DTMF, len(keys))
	for i, key := range keys {
		menu[i] = office.DTMF{Input: fmt.Sprint(key), Options: office.DTMFOptions{Action: rapid.SampledFrom(office.Actions()).Draw(t, name)}}
		if rapid.Bool().Draw(t, name) {
			id := rapid.Int64Range(1, 1<<62).Draw(t, name)
			menu[i].Options.ActionTargetType, menu[i].Options.ActionTargetID = rapid.SampledFrom(office.TargetTypes()).Draw(t, name), &id
		}
	}
	return menu
}

// drawOffice draws a valid office, with or without each optional field.
func drawOffice(t *rapid.T, number int) office.Office {
	var o office.Office
	at := rapid.SampledFrom(localities).Draw(t, "locality")
	for i := range office.Fields {
		f := &office.Fields[i]
		if f.Name == "use_same_address" {
			continue // an E911 address is given
		}
		if f.Required || f.Section() != "" || rapid.Bool().Draw(t, f.Name) {
			f.Set(&o, drawValue(t, f, at))
		}
	}
	o.Name += fmt.Sprint(" ", number)
	return o
}

// enter types a value into a cell as a person would.
func enter(book *excelize.File, c string, value any) error {
	if text, ok := value.(string); ok {
		return book.SetCellStr("Offices", c, text)
	}
	return book.SetCellValue("Offices", c, cell.Show(value))
}

func writeOffices(t *rapid.T, path string, offices []office.Office) {
	var template bytes.Buffer
	if err := Write(&template); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(template.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for row := range offices {
		for column := range office.Fields {
			value := office.Fields[column].Get(&offices[row])
			cell, _ := excelize.CoordinatesToCellName(column+1, row+2)
			if value == nil {
				continue
			}
			if err := enter(book, cell, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
}

// A thousand random offices typed into the template read back equal, field by field. They are the same every time,
// unless -rapid.seed is given.
func TestTemplateRoundTrip(t *testing.T) {
	if seed := flag.Lookup("rapid.seed"); seed.Value.String() == "0" {
		if err := seed.Value.Set("1"); err != nil {
			t.Fatal(err)
		}
	}
	if testing.Short() { // then fifty of them
		if err := flag.Set("rapid.checks", "5"); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "offices.xlsx")
	rapid.Check(t, func(rt *rapid.T) {
		var offices []office.Office
		for n := range 10 {
			offices = append(offices, drawOffice(rt, n))
		}
		writeOffices(rt, path, offices)
		requests := templateRequests(t, path)
		if len(requests) != len(offices) {
			rt.Fatalf("%d rows, want %d", len(requests), len(offices))
		}
		for i, r := range requests {
			if !r.Valid() {
				rt.Fatalf("row %d: %v", r.Row, r.Problems)
			}
			if d := cmp.Diff(offices[i], r.Office); d != "" {
				rt.Fatalf("row %d: %s", r.Row, d)
			}
		}
	})
}
