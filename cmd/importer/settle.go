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
)

type settleOptions struct {
	input      inputOptions
	server     string
	journal    string
	officeID   string
	notCreated bool
}

func newSettle(c console) *cobra.Command {
	var o settleOptions
	var target targetOptions
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
			return fail("usage", "importer "+cmd.Use, "settle takes a file and a row, got %s", counted(len(args), "argument"))
		},
		RunE: func(_ *cobra.Command, args []string) error {
			o.server, o.journal = target.server, target.journal
			return o.settle(c, args[0], args[1])
		},
	}
	o.input.flags(command)
	target.flags(command, "the journal's: ")
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
	to, err := parseServer(o.server)
	if err != nil {
		return err
	}
	j, err := openJob(file, &o.input)
	if err != nil {
		return err
	}
	defer func() { _ = j.Close() }()
	path := o.journal
	if path == "" {
		path = journalPath(file, to.label)
	}
	lock, err := takeLock(context.Background(), c.say, 0, claimOf(to, o.input.company, path, file))
	if err != nil {
		return err
	}
	unsettled := true // until the journal tells
	defer func() { err = errors.Join(err, lock.Release(unsettled)) }()
	journal, err := openMemory(context.Background(), c, "settle", path, j.header(to, o.input.company), time.Minute)
	if err != nil {
		return journalError(err)
	}
	defer func() { err = errors.Join(err, journal.Close()) }()
	err = o.write(c, j, journal, row)
	unsettled = journal.Unsettled() > 0 || lock.JournalGone
	return err
}

func (o *settleOptions) write(c console, j *job, journal memory, row int) error {
	if _, err := journal.Orphans(true); err != nil { // no other process may be settling it
		return journalError(err)
	}
	record, err := unknownRow(j, journal, row, o.server)
	if err != nil {
		return err
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

// unknownRow finds the record of a row: by the key that it has in the file
// now, or where it has left the file by the row that it was.
func unknownRow(j *job, journal memory, row int, server string) (office.Record, error) {
	key, err := keyOfRow(j, row)
	if err != nil {
		return office.Record{}, err
	}
	if record, known, err := journal.Record(key); err != nil || known && record.Outcome == office.Unknown {
		return record, err
	}
	for record, err := range journal.Records(office.Unknown) {
		if err != nil {
			return office.Record{}, err
		}
		if record.Row == row && !j.plan.Has(record.Key) {
			return record, nil
		}
	}
	return office.Record{}, fail("not_unknown", j.command("report", "--server", server), "%s %d of %s is not unknown: there is nothing to settle", j.sheet.Unit, row, j.file)
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
