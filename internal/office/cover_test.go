package office

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

// coverOf makes a row for each office, numbered from 2, all to be sent.
func coverOf(offices ...Office) *Cover {
	c := new(Cover)
	for i := range offices {
		c.Add(&Request{Row: i + 2, Key: Key(fmt.Sprint(i + 2)), Office: offices[i]})
	}
	return c
}

func rowsPicked(c *Cover) []int { return slices.Sorted(maps.Values(c.Pick())) }

func TestPickCoversWithFewRows(t *testing.T) {
	seconds := int64(20)
	us, usd := Office{Country: "US"}, Office{Country: "US", Currency: "USD"}
	for name, test := range map[string]struct {
		offices []Office
		want    []int
	}{
		"nothing":             {nil, nil},
		"all alike":           {[]Office{us, us, us}, []int{2}},
		"the row with more":   {[]Office{us, usd}, []int{3}},
		"every country":       {[]Office{us, {Country: "DE"}, us, {Country: "FR"}}, []int{2, 3, 5}},
		"every valid value":   {[]Office{usd, {Country: "US", Currency: "EUR"}}, []int{2, 3}},
		"an optional field":   {[]Office{us, us, {Country: "US", RingSeconds: &seconds}}, []int{4}},
		"names are no traits": {[]Office{{Name: "A", Country: "US"}, {Name: "B", Country: "US"}}, []int{2}},
		"a closed day":        {[]Office{{MondayHours: Hours{"08:00", "18:00"}}, {MondayHours: Closed()}}, []int{2, 3}},
		"what a key of a menu does": {[]Office{{RoutingOptions: RoutingOptions{Open: Routing{DTMF: []DTMF{{Input: "1", Options: DTMFOptions{Action: "voicemail"}}}}}},
			{RoutingOptions: RoutingOptions{Open: Routing{DTMF: []DTMF{{Input: "2", Options: DTMFOptions{Action: "operator"}}}}}}}, []int{2, 3}},
	} {
		if got := rowsPicked(coverOf(test.offices...)); !slices.Equal(got, test.want) {
			t.Errorf("%s: rows %v, want %v", name, got, test.want)
		}
	}
}

func TestWhatIsProvenIsNotTriedAgain(t *testing.T) {
	c := coverOf(Office{Country: "US"}, Office{Country: "DE"})
	c.Prove(&Request{Office: Office{Country: "US"}})
	if got := rowsPicked(c); !slices.Equal(got, []int{3}) {
		t.Errorf("rows %v, want 3", got)
	}
	c.Prove(&Request{Office: Office{Country: "DE"}})
	if got := rowsPicked(c); len(got) > 0 {
		t.Errorf("rows %v, want none", got)
	}
}

// Whatever the file, each trait of a row is in some picked row.
func TestPickLeavesNothingOut(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var offices []Office
		for range 1 + random.IntN(40) {
			o := Office{Country: []string{"US", "DE", "FR", "GB"}[random.IntN(4)], Currency: []string{"", "USD", "EUR"}[random.IntN(3)], Timezone: []string{"", "UTC"}[random.IntN(2)]}
			offices = append(offices, o)
		}
		picked := rowsPicked(coverOf(offices...))
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
