package submit

import (
	"officeimporter/internal/office"
	"officeimporter/internal/submit/api"
)

// company is what the lists of this run say about the company's offices. Not for concurrent use.
type company struct {
	offices []api.Listed                 // in the latest complete list
	seen    map[string]bool              // ids in any complete list of this run
	owners  map[string]office.Key        // rows whose office this run found; the journal knows the others
	byName  map[office.Name][]api.Listed // offices by folded name and country
}

func newCompany() company {
	return company{seen: map[string]bool{}, owners: map[string]office.Key{}}
}

// missing returns the id of an office that an earlier list had and this one lacks. Then a page shifted while the list
// was taken, so it may lack others too. It returns "" if none is missing.
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

// update replaces the known offices with those of a complete list.
func (c *company) update(l *api.Listing) {
	c.offices, c.byName = l.Offices, make(map[office.Name][]api.Listed, len(l.Offices))
	for _, o := range l.Offices {
		c.seen[o.ID] = true
		c.byName[o.Key()] = append(c.byName[o.Key()], o)
	}
}
