package submit

import (
	"fmt"
	"strings"

	"officeimporter/internal/office"
	"officeimporter/internal/submit/api"
)

// exists looks for offices of the row's name and country that were there before.
func (j *Judge) exists(result *office.Result) bool {
	r := &result.Request
	if len(j.offices) == 0 {
		return false
	}
	free, taken := j.sameName(result)
	if len(free) == 0 {
		return false
	}
	without := j.file.SameName(office.NameOf(r.Office.Name, r.Office.Country)) - taken
	switch {
	case len(free) < without:
		refuse(result, office.Problem{Field: "name", Kind: AmbiguousExisting, Value: r.Office.Name,
			Message:    fmt.Sprintf("%d rows have this name and country, and %d such offices are there already (%s): nobody can tell which", without, len(free), idsOf(free)),
			Suggestion: "take out the rows that are there already"})
	default:
		j.found(result, free)
	}
	return true
}

// sameName returns the offices of the row's name and country that belong to no other row of the file, and how many
// do. The office of a row that has left the file counts as free: that row was given another key, and must not be
// created again.
func (j *Judge) sameName(result *office.Result) (free []api.Listed, taken int) {
	r := &result.Request
	for _, o := range j.offices[office.NameOf(r.Office.Name, r.Office.Country)] {
		owner, owned := j.assigned[o.ID]
		if !owned {
			owner, owned = j.journal.Owner(o.ID)
		}
		switch {
		case owned && owner != r.Key && j.file.Has(owner.Hash()):
			taken++
		case o.Gone():
			warn(result, office.Problem{Field: "name", Kind: GoneOffice, Value: o.Name,
				Message: fmt.Sprintf("office %s of this name is there, but %s", o.ID, o.State)})
		default:
			free = append(free, o)
		}
	}
	return free, taken
}

// found records the office that exists for a row.
func (j *Judge) found(result *office.Result, free []api.Listed) {
	o, r := free[0], &result.Request
	j.assigned[o.ID] = r.Key
	result.Outcome = office.Exists
	if before := result.Record; before.Doubted && !j.journal.InBaseline(before.Run, o.ID) {
		result.Outcome = office.Created // by an attempt that was settled as not created: it was listed late
	}
	record := &result.Record
	record.Key, record.Row, record.Name, record.Country = r.Key, r.Row, r.Office.Name, r.Office.Country
	record.Digest, record.Rest = r.Digest, r.Rest()
	record.Outcome, record.OfficeID, record.Differs = result.Outcome, o.ID, differences(r.Body, o.Whole)
	j.warnAnothersOffice(result, o.ID)
	warnDiffering(result)
	if len(free) > 1 {
		warn(result, office.Problem{Field: "name", Kind: AmbiguousExisting, Message: "several offices of this name and country exist: " + idsOf(free)})
	}
}

// warnAnothersOffice warns that the office was created for a row that is not in the file. Most likely it is the same
// row under another key, but only a person can tell.
func (j *Judge) warnAnothersOffice(result *office.Result, id string) {
	if owner, owned := j.journal.Owner(id); owned && owner != result.Request.Key {
		warn(result, office.Problem{Field: "name", Kind: AnothersOffice,
			Message:    fmt.Sprintf("office %s, which exists, is that of a row with the key %q, which is not in this file", id, owner),
			Suggestion: "if this row is another office, give it another name"})
	}
}

func idsOf(offices []api.Listed) string {
	ids := make([]string, len(offices))
	for i := range offices {
		ids[i] = offices[i].ID
	}
	return strings.Join(ids, ", ")
}
