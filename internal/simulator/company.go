package simulator

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// firstID has 16 digits, like Dialpad's ids: Excel would round it.
const firstID = 5068549373853696

// companies are the companies that were called so far, by DP-Company-ID, each with its own offices and limits. Not
// for concurrent use.
type companies struct {
	known  map[string]*company
	before []Office // offices of all companies before the first call
	limits Limits
	given  int // number of ids given out
}

func newCompanies(c Config) *companies {
	return &companies{known: map[string]*company{}, before: c.Offices, limits: c.Limits}
}

// of returns a company, and creates it on the first call.
func (all *companies) of(id string) *company {
	if all.known[id] == nil {
		before := slices.DeleteFunc(slices.Clone(all.before), func(o Office) bool { return o.Company != id })
		all.known[id] = newCompany(before, newMeters(all.limits), &all.given)
	}
	return all.known[id]
}

// withOffice returns the company that has an office, or nil.
func (all *companies) withOffice(id string) *company {
	for _, o := range all.before {
		all.of(o.Company) // it may not have been called yet
	}
	for _, c := range all.known {
		if c.find(id) != nil {
			return c
		}
	}
	return nil
}

// company has its offices in the order in which they were added.
type company struct {
	offices []listed
	limits  meters
	given   *int // number of ids given out, shared by all companies
}

// listed is an office and the time from which the list shows it.
type listed struct {
	Office
	from   time.Time
	number int // its place in the list, which never changes
}

func newCompany(offices []Office, limits meters, given *int) *company {
	c := &company{limits: limits, given: given}
	if !slices.ContainsFunc(offices, func(o Office) bool { return o.Primary }) {
		c.add(Office{Name: "Headquarters", Country: "us", Primary: true}, time.Time{})
	}
	for _, o := range offices {
		c.add(o, time.Time{})
	}
	return c
}

// add adds an office, which the list shows from a given time on, and returns its id.
func (c *company) add(o Office, from time.Time) string {
	if o.ID == "" {
		o.ID = strconv.Itoa(firstID + *c.given)
	}
	*c.given++
	if o.State == "" {
		o.State = "active"
	}
	o.Country = strings.ToLower(o.Country)
	c.offices = append(c.offices, listed{Office: o, from: from, number: *c.given})
	return o.ID
}

func (c *company) find(id string) *listed {
	i := slices.IndexFunc(c.offices, func(o listed) bool { return o.ID == id })
	if i < 0 {
		return nil
	}
	return &c.offices[i]
}

func (c *company) remove(id string) bool {
	n := len(c.offices)
	c.offices = slices.DeleteFunc(c.offices, func(o listed) bool { return o.ID == id })
	return len(c.offices) < n
}

// after returns up to n offices that the list shows now after the office with a number. Because a page starts after a
// number and not after a count, it stays right when offices come or go before it.
func (c *company) after(number, n int, now time.Time, activeOnly bool) []listed {
	var page []listed
	start, _ := slices.BinarySearchFunc(c.offices, number+1, func(o listed, n int) int { return o.number - n })
	for _, o := range c.offices[start:] {
		if len(page) == n {
			break
		}
		if !o.from.After(now) && (o.State == "active" || !activeOnly) {
			page = append(page, o)
		}
	}
	return page
}
