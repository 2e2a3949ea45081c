package importer

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"officeimporter/internal/office"
)

// pickerOf returns a picker with a pending row for each office, numbered from 2.
func pickerOf(offices ...office.Office) *canaryPicker {
	c := new(canaryPicker)
	for i := range offices {
		c.add(&office.Request{Row: i + 2, Key: office.Key(fmt.Sprint(i + 2)), Office: offices[i]})
	}
	return c
}

func rowsPicked(c *canaryPicker) []int { return slices.Sorted(maps.Values(c.pick())) }

func TestPickCoversWithFewRows(t *testing.T) {
	seconds := int64(20)
	us, usd := office.Office{Country: "US"}, office.Office{Country: "US", Currency: "USD"}
	for name, test := range map[string]struct {
		offices []office.Office
		want    []int
	}{
		"nothing":             {nil, nil},
		"all alike":           {[]office.Office{us, us, us}, []int{2}},
		"the row with more":   {[]office.Office{us, usd}, []int{3}},
		"every country":       {[]office.Office{us, {Country: "DE"}, us, {Country: "FR"}}, []int{2, 3, 5}},
		"every valid value":   {[]office.Office{usd, {Country: "US", Currency: "EUR"}}, []int{2, 3}},
		"an optional field":   {[]office.Office{us, us, {Country: "US", RingSeconds: &seconds}}, []int{4}},
		"names are no traits": {[]office.Office{{Name: "A", Country: "US"}, {Name: "B", Country: "US"}}, []int{2}},
		"a closed day":        {[]office.Office{{MondayHours: office.Hours{"08:00", "18:00"}}, {MondayHours: office.Closed()}}, []int{2, 3}},
		"what a key of a menu does": {[]office.Office{{RoutingOptions: office.RoutingOptions{Open: office.Routing{DTMF: []office.DTMF{{Input: "1", Options: office.DTMFOptions{Action: "voicemail"}}}}}},
			{RoutingOptions: office.RoutingOptions{Open: office.Routing{DTMF: []office.DTMF{{Input: "2", Options: office.DTMFOptions{Action: "operator"}}}}}}}, []int{2, 3}},
	} {
		if got := rowsPicked(pickerOf(test.offices...)); !slices.Equal(got, test.want) {
			t.Errorf("%s: rows %v, want %v", name, got, test.want)
		}
	}
}

func TestWhatIsProvenIsNotTriedAgain(t *testing.T) {
	c := pickerOf(office.Office{Country: "US"}, office.Office{Country: "DE"})
	c.markCreated(&office.Request{Office: office.Office{Country: "US"}})
	if got := rowsPicked(c); !slices.Equal(got, []int{3}) {
		t.Errorf("rows %v, want 3", got)
	}
	c.markCreated(&office.Request{Office: office.Office{Country: "DE"}})
	if got := rowsPicked(c); len(got) > 0 {
		t.Errorf("rows %v, want none", got)
	}
}

// Whatever the file, the picked rows have every trait that any row has.
func TestPickLeavesNothingOut(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var offices []office.Office
		for range 1 + random.IntN(40) {
			o := office.Office{Country: []string{"US", "DE", "FR", "GB"}[random.IntN(4)], Currency: []string{"", "USD", "EUR"}[random.IntN(3)], Timezone: []string{"", "UTC"}[random.IntN(2)]}
			offices = append(offices, o)
		}
		picked := rowsPicked(pickerOf(offices...))
		has := map[string]bool{}
		for _, row := range picked {
			for _, trait := range traitsOf(&offices[row-2]) {
				has[trait] = true
			}
		}
		for i := range offices {
			for _, trait := range traitsOf(&offices[i]) {
				if !has[trait] {
					t.Fatalf("%q of row %d is in none of the rows %v", trait, i+2, picked)
				}
			}
		}
		if len(picked) > 4+2 {
			t.Errorf("%d rows picked where 4 countries, 2 currencies and a zone are to be covered", len(picked))
		}
	}
}
