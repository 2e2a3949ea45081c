package journal

import (
	"officeimporter/internal/office"
)

// A journal of this kind is one process's alone. These are what it answers
// where a journal that several share has more to say.

// Held is nil: nobody can take over what this process has begun.
func (j *Journal) Held(office.Key) error { return nil }

// UnderWay is false: there is no other process.
func (j *Journal) UnderWay(office.Key, office.Name) bool { return false }

// Orphans are the rows that earlier runs have left unknown; later than at the
// start of a run there are none.
func (j *Journal) Orphans(start bool) (orphans []office.Record, err error) {
	if !start {
		return nil, nil
	}
	for record, err := range j.Records(office.Unknown) {
		if err != nil {
			return nil, err
		}
		orphans = append(orphans, record)
	}
	return orphans, nil
}
