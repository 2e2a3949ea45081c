package journal

import (
	"officeimporter/internal/office"
)

// A journal in a file belongs to one process alone. These methods answer what a journal shared by several processes
// has more to say about.

// Held returns nil: nobody can take over what this process has begun.
func (j *Journal) Held(office.Key) error { return nil }

// UnderWay returns false: there is no other process.
func (j *Journal) UnderWay(office.Key, office.Name) bool { return false }

// Orphans returns the rows that earlier runs left unknown. Later than at the start of a run there are none.
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
