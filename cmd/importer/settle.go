package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"officeimporter/internal/office"
	"officeimporter/internal/report"
)

type settleOptions struct {
	input      inputOptions
	target     targetOptions
	officeID   string
	notCreated bool
}

func newSettle(c console) *cobra.Command {
	var o settleOptions
	command := &cobra.Command{
		Use:   "settle FILE ROW --server SERVER (--office ID | --not-created)",
		Short: "A person's verdict on an unknown row",
		Long: `Settle writes into the journal what a person has found out about a row whose
outcome is unknown: which office it is, or that it was not created. A row that
was not created is sent by the next run. Look in Dialpad first: a wrong verdict
creates an office twice, or never.`,
		Example: "  importer settle offices.xlsx 14 --server production --office 5068549373853696",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 2 {
				return nil
			}
			return fail("usage", "importer "+cmd.Use, "settle takes a file and a row, got %s", report.Counted(len(args), "argument"))
		},
		RunE: func(_ *cobra.Command, args []string) error {
			return o.settle(c, args[0], args[1])
		},
	}
	o.input.flags(command)
	o.target.flags(command, "the journal's: ")
	f := command.Flags()
	f.StringVar(&o.officeID, "office", "", "`ID` of the office that the row created")
	f.BoolVar(&o.notCreated, "not-created", false, "the row created no office")
	return command
}

func (o *settleOptions) settle(c console, file, rowText string) (err error) {
	row, err := strconv.Atoi(rowText)
	if err != nil || row < 1 {
		return fail("usage", "importer settle FILE 14 ...", "%q is not a row number", rowText)
	}
	if (o.officeID != "") == o.notCreated {
		return fail("usage", "--office ID, or --not-created", "settle takes one verdict on the row")
	}
	if o.officeID != "" && strings.Trim(o.officeID, "0123456789") != "" {
		return fail("usage", "", "--office %q is not an id: ids are digits", o.officeID)
	}
	if _, err := parseServer(o.target.server); err != nil {
		return err
	}
	j, err := openJob(file, &o.input)
	if err != nil {
		return err
	}
	defer func() { _ = j.Close() }()
	key, err := keyOfRow(j, row)
	if err != nil {
		return err
	}
	l, err := o.find(c, j, key, row)
	if err != nil {
		return err
	}
	one := lanes{l}
	defer func() { err = errors.Join(err, one.release()) }()
	defer func() { err = errors.Join(err, one.close()) }()
	if err := one.lock(context.Background(), c.say, 0, j); err != nil {
		return err
	}
	if err := one.open(context.Background(), c, "settle", &o.target); err != nil {
		return err
	}
	err = o.write(c, j, l.journal, key, row)
	l.left = l.journal.Unsettled() > 0 || l.lock.JournalGone
	return err
}

// find is the lane whose journal has the row as unknown: that of its company,
// or where it has left the file, that of the one company which had such a row.
func (o *settleOptions) find(c console, j *job, key office.Key, row int) (*lane, error) {
	all, err := j.lanes(&o.target)
	if err != nil {
		return nil, err
	}
	defer func() { _ = all.close() }() // they were only read
	if err := all.read(c.say); err != nil {
		return nil, journalError(err)
	}
	var found lanes
	for _, l := range all {
		record, is, err := unknownRow(j, l.journal, key, row)
		switch {
		case err != nil:
			return nil, err
		case is && record.Key == key:
			return l, nil
		case is && (o.input.company == "" || o.input.company == l.company):
			found = append(found, l)
		}
	}
	return o.only(j, found, row)
}

// only is the one lane that was found.
func (o *settleOptions) only(j *job, found lanes, row int) (*lane, error) {
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, o.notUnknown(j, row)
	}
	return nil, fail("ambiguous_row", j.command("settle", strconv.Itoa(row), "--server", o.target.server, "--company", found[0].company),
		"several companies had a %s %d that is unknown and has left the file: say which with --company", j.sheet.Unit, row)
}

func (o *settleOptions) notUnknown(j *job, row int) error {
	return fail("not_unknown", j.command("report", "--server", o.target.server), "%s %d of %s is not unknown: there is nothing to settle", j.sheet.Unit, row, j.file)
}

func (o *settleOptions) write(c console, j *job, journal memory, key office.Key, row int) error {
	if _, err := journal.Orphans(true); err != nil { // no other process may be settling it
		return journalError(err)
	}
	record, is, err := unknownRow(j, journal, key, row)
	if err != nil {
		return err
	}
	if !is {
		return o.notUnknown(j, row)
	}
	if owner, taken := journal.Owner(o.officeID); taken && o.officeID != "" && owner != record.Key {
		return fail("office_taken", "", "office %s belongs to another row: %s", o.officeID, owner)
	}
	record.Outcome, record.OfficeID, record.Words = office.Created, o.officeID, "settled by a person"
	if o.notCreated {
		record.Outcome, record.Claimed, record.Doubted = office.Pending, false, false
	}
	record.Candidates, record.SettledAt = nil, time.Now().UTC()
	if err := journal.Finish(record); errors.Is(err, office.ErrTaken) {
		return fail("another_run", "wait until the run has ended", "%s %d: a run under way is settling it", j.sheet.Unit, row)
	} else if err != nil {
		return journalError(err)
	}
	verdict := "office " + o.officeID
	if o.notCreated {
		verdict = "not created, the next run sends it"
	}
	fmt.Fprintf(c.out, "%s %d, %q: %s\n", j.sheet.Unit, row, record.Name, verdict)
	return nil
}

// unknownRow finds the record of an unknown row: by the key that it has in the
// file now, or where it has left the file by the row that it was.
func unknownRow(j *job, journal memory, key office.Key, row int) (record office.Record, is bool, err error) {
	if record, known, err := journal.Record(key); err != nil || known && record.Outcome == office.Unknown {
		return record, err == nil, err
	}
	for record, err := range journal.Records(office.Unknown) {
		if err != nil {
			return record, false, err
		}
		if record.Row == row && !j.plan.Has(record.Key.Hash()) {
			return record, true, nil
		}
	}
	return record, false, nil
}

// keyOfRow reads the whole file, so that the plan knows all keys.
func keyOfRow(j *job, row int) (key office.Key, err error) {
	for r, err := range j.plan.Requests() {
		if err != nil {
			return "", err
		}
		if r.Row == row {
			key = r.Key
		}
	}
	return key, nil
}
