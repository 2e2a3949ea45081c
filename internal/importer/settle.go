package importer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"officeimporter/internal/office"
)

// Settle records in the journal what a person found out about an unknown row: the id of its office, or that it was
// not created if the id is empty. It returns the row's record. The error is an *Error of KindNotUnknown,
// KindAmbiguousRow or KindAnotherRun, or one that Start returns.
func (f *File) Settle(ctx context.Context, row int, officeID string, o Options) (record office.Record, err error) {
	o.complete()
	key, err := f.keyOf(row)
	if err != nil {
		return record, err
	}
	c, err := f.unsettled(&o, key, row)
	if err != nil {
		return record, err
	}
	one := companyRuns{c}
	defer func() { err = errors.Join(err, one.release()) }()
	defer func() { err = errors.Join(err, one.close()) }()
	if err := one.lockAll(ctx, f, &o); err != nil {
		return record, err
	}
	if err := one.openAll(ctx, "settle", &o); err != nil {
		return record, err
	}
	record, err = f.settle(c.journal, key, row, officeID)
	c.unsettled = c.journal.Unsettled() > 0 || c.lock.JournalGone
	return record, err
}

// unsettled returns the run of the company whose journal has the row as unknown. If the row has left the file, that
// is the only company with such a row.
func (f *File) unsettled(o *Options, key office.Key, row int) (*companyRun, error) {
	all, err := f.companyRuns(o.Server, o.Journal)
	if err != nil {
		return nil, err
	}
	defer func() { _ = all.close() }() // they were only read
	if err := all.read(o.Log); err != nil {
		return nil, journalError(err)
	}
	var found companyRuns
	for _, c := range all {
		record, is, err := f.unknownRow(c.journal, key, row)
		switch {
		case err != nil:
			return nil, err
		case is && record.Key == key:
			return c, nil
		case is && (f.company == "" || f.company == c.company):
			found = append(found, c)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, f.notUnknown(row)
	}
	return nil, &Error{Kind: KindAmbiguousRow, Company: found[0].company,
		Err: fmt.Errorf("several companies had a %s %d that is unknown and has left the file", f.sheet.Unit, row)}
}

func (f *File) notUnknown(row int) error {
	return failure(KindNotUnknown, "%s %d of %s is not unknown: there is nothing to settle", f.sheet.Unit, row, f.path)
}

func (f *File) settle(journal Journal, key office.Key, row int, officeID string) (record office.Record, err error) {
	if _, err := journal.Orphans(true); err != nil { // claim the unknown rows that no other process holds
		return record, journalError(err)
	}
	record, is, err := f.unknownRow(journal, key, row)
	if err != nil {
		return record, journalError(err)
	}
	if !is {
		return record, f.notUnknown(row)
	}
	if owner, taken := journal.Owner(officeID); taken && officeID != "" && owner != record.Key {
		return record, failure("office_taken", "office %s belongs to another row: %s", officeID, owner)
	}
	record.Outcome, record.OfficeID, record.Words = office.Created, officeID, "settled by a person"
	if officeID == "" {
		record.Outcome, record.Claimed, record.Doubted = office.Pending, false, false
	}
	record.Candidates, record.SettledAt = nil, time.Now().UTC()
	if err := journal.Finish(record); errors.Is(err, office.ErrTaken) {
		return record, failure(KindAnotherRun, "%s %d: a run under way is settling it", f.sheet.Unit, row)
	} else if err != nil {
		return record, journalError(err)
	}
	return record, nil
}

// unknownRow finds the record of an unknown row by its key, or by its old row number if it has left the file.
func (f *File) unknownRow(journal Journal, key office.Key, row int) (record office.Record, is bool, err error) {
	if record, known, err := journal.Record(key); err != nil || known && record.Outcome == office.Unknown {
		return record, err == nil, err
	}
	rows, err := f.survey()
	if err != nil {
		return record, false, err
	}
	for record, err := range journal.Records(office.Unknown) {
		if err != nil {
			return record, false, err
		}
		if record.Row == row && !rows.Has(record.Key.Hash()) {
			return record, true, nil
		}
	}
	return record, false, nil
}

// keyOf returns the key of a row; empty if there is no such row, or it has no key.
func (f *File) keyOf(row int) (key office.Key, err error) {
	take := func(r *office.Request) error {
		if r.Row == row {
			key = r.Key
		}
		return nil
	}
	if f.rows == nil {
		_, err = f.survey(take)
		return key, err
	}
	for r, err := range f.rows.Only(func(n int) bool { return n == row }) {
		if err != nil {
			return "", err
		}
		key = r.Key
	}
	return key, nil
}
