package submit

import (
	"officeimporter/internal/office"
	"officeimporter/internal/submit/api"
)

// company is what is known of the company's offices from the lists of this
// run. Not for concurrent use.
type company struct {
	offices []api.Listed                 // of the latest complete list
	seen    map[string]bool              // ids in any complete list of this run
	owners  map[string]office.Key        // offices of rows, found by this run; the journal has the others
	byName  map[office.Name][]api.Listed // offices, by what they are compared by
}

func newCompany() company {
	return company{seen: map[string]bool{}, owners: map[string]office.Key{}}
}

// missing is an office that an earlier list had and this one lacks: then a
// page has shifted while the list was taken, and it may lack others too.
// Empty where the list is whole.
func (c *company) missing(l *api.Listing) string {
	here := make(map[string]bool, len(l.Offices))
	for i := range l.Offices {
		here[l.Offices[i].ID] = true
	}
	for id := range c.seen {
		if !here[id] {
			return id
		}
	}
	return ""
}

// see takes in a complete list.
func (c *company) update(l *api.Listing) {
	c.offices, c.byName = l.Offices, make(map[office.Name][]api.Listed, len(l.Offices))
	for _, o := range l.Offices {
		c.seen[o.ID] = true
		c.byName[o.Key()] = append(c.byName[o.Key()], o)
	}
}
