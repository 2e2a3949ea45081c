package submit

import (
	"fmt"
	"strings"

	"officeimporter/internal/office"
	"officeimporter/internal/submit/api"
)

// Kinds of problems and warnings that only the journal and the list of offices can show.
const (
	Renamed             office.ProblemKind = "renamed"
	AmbiguousExisting   office.ProblemKind = "ambiguous_existing"
	EditedAfterCreation office.ProblemKind = "edited_after_creation"
	DiffersFromExisting office.ProblemKind = "differs_from_existing"
	StoredOtherwise     office.ProblemKind = "stored_otherwise"
	NameUnsettled       office.ProblemKind = "name_unsettled"
	GoneOffice          office.ProblemKind = "cancelled_office"
	AnothersOffice      office.ProblemKind = "office_of_another_row"
	MadeTwice           office.ProblemKind = "made_twice"
)

// Judge decides what to do with a row, from the journal and the list of offices, without sending anything. Not for
// concurrent use.
type Judge struct {
	journal     Journal
	file        File
	options     JudgeOptions
	offices     map[office.Name][]api.Listed    // in the latest complete list; nil if none was taken
	sentLeavers map[office.Digest]office.Record // rows that were sent and have left the file, by the digest of their body without name and country
	leavers     Leavers
	unknown     map[office.Name]office.Record
	resends     map[office.Key]office.Record // rows sent again and created, not checked for duplicates yet
	assigned    map[string]office.Key        // offices found to exist for a row in this pass
}

// JudgeOptions are the user's decisions about doubtful rows.
type JudgeOptions struct {
	AcceptRenamed bool // accept rows that look like a renamed one
	RetryRefused  bool // send refused rows again although they are unchanged
	Keyed         bool // a key column of the file identifies the rows
}

// NewJudge reads from the journal which rows have left the file, and which are unknown. The error is the journal's.
func NewJudge(journal Journal, file File, o JudgeOptions) (*Judge, error) {
	j := &Judge{journal: journal, file: file, options: o, sentLeavers: map[office.Digest]office.Record{},
		unknown: map[office.Name]office.Record{}, resends: map[office.Key]office.Record{}, assigned: map[string]office.Key{}}
	for record, err := range journal.RecordsWhere(j.matters) {
		if err != nil {
			return nil, err
		}
		if !file.Has(record.Key.Hash()) {
			j.addLeaver(record)
		}
		switch {
		case record.SentAgain():
			j.resends[record.Key] = record
		case record.Outcome == office.Unknown:
			j.unknown[office.NameOf(record.Name, record.Country)] = record
		}
	}
	return j, nil
}

// matters selects the records that the judge must know beforehand: rows that have left the file, and rows that leave
// something to do.
func (j *Judge) matters(m office.RowInfo) bool {
	switch m.Outcome {
	case office.Created, office.Exists:
		return m.Doubted || !j.file.Has(m.Key)
	}
	return m.Outcome == office.Unknown
}

// addLeaver notes a row that is not in the file any more.
func (j *Judge) addLeaver(record office.Record) {
	const most = 10
	if record.Elsewhere {
		return // it comes from another file and was never in this one
	}
	if j.leavers.Count++; len(j.leavers.First) < most {
		j.leavers.First = append(j.leavers.First, record)
	}
	if record.Outcome != office.Exists { // a row that was never sent has nothing to compare a new one with
		j.sentLeavers[record.Rest] = record
	}
}

// Leavers are the rows of the journal that have an office, or may have one, and are not in the file any more.
type Leavers struct {
	Count int
	First []office.Record // the first few, in the order in which they were written
}

// Leavers returns the rows that have left this file.
func (j *Judge) Leavers() Leavers { return j.leavers }

// See takes in a complete list of offices. Rows with the name and country of one of them exist.
func (j *Judge) See(l *api.Listing) {
	j.offices = make(map[office.Name][]api.Listed, len(l.Offices))
	for _, o := range l.Offices {
		j.offices[o.Key()] = append(j.offices[o.Key()], o)
	}
}

// Judge returns the outcome of a row: the one in the journal, or else Invalid, Exists or Ready. It adds warnings to
// the result, not to r. The error is the journal's.
func (j *Judge) Judge(r *office.Request) (office.Result, error) {
	if r.Duplicate() {
		return office.Result{Request: *r, Outcome: office.Invalid}, nil
	}
	record, known, err := j.journal.Record(r.Key)
	if err != nil {
		return office.Result{}, err
	}
	result := office.Result{Request: *r, Record: record, Outcome: record.Outcome}
	if known && j.final(&result) {
		return result, nil
	}
	switch {
	case !r.Valid():
		result.Outcome = office.Invalid
	case j.renamed(&result, known):
	case j.exists(&result):
	case j.rekeyed(&result, known):
	default:
		result.Outcome = office.Ready
		j.warnUnsettled(&result)
	}
	return result, nil
}

// final reports whether the outcome in the journal counts. If so, problems that the row has by now become warnings.
func (j *Judge) final(result *office.Result) bool {
	r, record := &result.Request, &result.Record
	edited := r.Valid() && r.Digest != record.Digest
	switch record.Outcome {
	case office.Pending:
		return false
	case office.Refused:
		if edited || r.Valid() && j.options.RetryRefused {
			return false
		}
	case office.Created, office.Unknown:
		if edited {
			warn(result, office.Problem{Kind: EditedAfterCreation, Message: "the row was edited after it was sent; the office was not changed, as the API can't change one",
				Suggestion: "change it in Dialpad"})
		}
	}
	for _, p := range r.Problems {
		warn(result, p)
	}
	r.Problems = nil
	warnDiffering(result)
	warnTwice(result)
	return true
}

// warnTwice keeps warning about a row whose office was created more than once.
func warnTwice(result *office.Result) {
	if ids := result.Record.Candidates; len(ids) > 1 && result.Outcome == office.Created {
		warn(result, office.Problem{Field: "name", Kind: MadeTwice, Message: "is there more than once since the row was sent again: offices " + strings.Join(ids, ", "),
			Suggestion: "have the ones that are too many cancelled"})
	}
}

// warn adds a warning to the result's own copy of the list.
func warn(result *office.Result, p office.Problem) {
	p.Row = result.Request.Row
	w := result.Request.Warnings
	result.Request.Warnings = append(w[:len(w):len(w)], p)
}

func refuse(result *office.Result, p office.Problem) {
	p.Row = result.Request.Row
	q := result.Request.Problems
	result.Request.Problems = append(q[:len(q):len(q)], p)
	result.Outcome = office.Invalid
}

// renamed refuses a new row whose body, apart from name and country, equals that of a row that was sent and is not in
// the file: most likely it is the same office under another name. For a fix file, which holds only some rows of
// another file, this may be a false alarm, but missing it would create an office too many.
func (j *Judge) renamed(result *office.Result, known bool) bool {
	old, match := j.sentLeaver(&result.Request, known)
	if !match || j.options.Keyed {
		return false
	}
	p := office.Problem{Field: "name", Kind: Renamed, Value: result.Request.Office.Name,
		Message:    fmt.Sprintf("equals, but for name and country, %q of row %d, which %s and is not in this file", old.Name, old.Row, sentAs(old)),
		Suggestion: "if it is that office, rename it in Dialpad and take the row out; if it is another one, --accept renamed"}
	if j.options.AcceptRenamed {
		warn(result, p)
		return false
	}
	refuse(result, p)
	return true
}

// rekeyed refuses a new row whose body is identical to that of a row that was sent under another key and is not in
// the file: most likely it is the same office with another key. The list would show that office by its name, unless a
// page shifted or somebody renamed it in Dialpad.
func (j *Judge) rekeyed(result *office.Result, known bool) bool {
	old, match := j.sentLeaver(&result.Request, known)
	if !match || j.options.AcceptRenamed || old.Digest != result.Request.Digest {
		return false
	}
	if now, _, err := j.journal.Record(old.Key); err != nil || now.Outcome != office.Created && now.Outcome != office.Unknown {
		return false // by now we know that it wasn't created
	}
	refuse(result, office.Problem{Kind: Renamed,
		Message:    fmt.Sprintf("equals row %d with the key %q, which %s and is not in this file", old.Row, old.Key, sentAs(old)),
		Suggestion: "if it is that office, give the row its old key; if it is another one, --accept renamed"})
	return true
}

// sentLeaver returns the row that was sent and has left the file, and whose body equals that of r, apart from name
// and country. Only a row that the journal doesn't know can match.
func (j *Judge) sentLeaver(r *office.Request, known bool) (old office.Record, match bool) {
	if !known && len(j.sentLeavers) > 0 {
		old, match = j.sentLeavers[r.Rest()]
	}
	return old, match
}

func sentAs(r office.Record) string {
	if r.OfficeID != "" {
		return "was created as office " + r.OfficeID
	}
	return "was sent with an unknown outcome"
}

// warnUnsettled warns that a row of the same name is unknown: this one waits until that one is settled.
func (j *Judge) warnUnsettled(result *office.Result) {
	r := &result.Request
	if len(j.unknown) == 0 {
		return // saves most passes the folding
	}
	other, ok := j.unknown[office.NameOf(r.Office.Name, r.Office.Country)]
	if ok && other.Key != r.Key {
		warn(result, office.Problem{Field: "name", Kind: NameUnsettled,
			Message: fmt.Sprintf("row %d of this name and country is unknown; this one waits until it is settled", other.Row)})
	}
}
