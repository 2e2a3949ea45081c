package journal

import (
	"fmt"

	"officeimporter/internal/office"
	"officeimporter/internal/submit"
)

// promises returns the broken ones of the promises that hold at any time: no office twice, and the
// journal knows about each.
func (e *explorer) promises(s *state, j *Journal) (wrong []string) {
	for _, who := range []string{"A", "B"} {
		ids := s.server.of(who)
		if len(ids) > 1 {
			wrong = append(wrong, fmt.Sprintf("row %s has the offices %v", who, ids))
		}
		for _, id := range ids {
			if !e.scenario.tooLate && !e.inJournal(who, id, s.server, j) {
				wrong = append(wrong, fmt.Sprintf("office %s of row %s is neither in the journal nor in doubt", id, who))
			}
		}
	}
	for r := range j.Records(office.Created, office.Exists) {
		if w := e.wrongOffice(&r, s.server); w != "" {
			wrong = append(wrong, w)
		}
	}
	return wrong
}

// inJournal reports whether the journal knows about an office: it has its id, or its row is
// unknown. If another client has created an office of the name, nobody can tell which is whose.
func (e *explorer) inJournal(who, id string, s *server, j *Journal) bool {
	for r := range j.Records(office.Created, office.Exists, office.Unknown) {
		strange := len(s.foreign(office.NameOf(r.Name, r.Country))) > 0
		if e.scenario.who[r.Key] == who && (r.Outcome == office.Unknown || r.OfficeID == id || strange) {
			return true
		}
	}
	return false
}

// wrongOffice says what is wrong with a row that has an office in the journal: it doesn't exist, or
// isn't that row's.
func (e *explorer) wrongOffice(r *office.Record, s *server) string {
	b := s.byID(r.OfficeID)
	switch {
	case b == nil:
		return fmt.Sprintf("the journal has office %q of %s, which is not there", r.OfficeID, r.Key)
	case b.who != "" && b.who != e.scenario.who[r.Key] && len(s.foreign(office.NameOf(r.Name, r.Country))) == 0:
		return fmt.Sprintf("the journal has office %s for %s, which is that of row %s", b.id, r.Key, b.who)
	}
	return ""
}

// atRest returns the broken ones of the promises that hold once nothing changes any more: no row is
// lost.
func (e *explorer) atRest(s *state, j *Journal) (wrong []string) {
	f := e.scenario.files[s.file]
	judge, err := submit.NewJudge(j, f, e.scenario.judging())
	if err != nil {
		return []string{err.Error()}
	}
	judge.See(s.server.list(""))
	wrong = e.unreported(s, j)
	taken := map[string]office.Key{}
	for _, r := range f {
		result, err := judge.Judge(r)
		if err != nil {
			return []string{err.Error()}
		}
		if w := e.wrongEnd(&result, s.server, j); w != "" {
			wrong = append(wrong, w)
		}
		if id := result.Record.OfficeID; id != "" && taken[id] != "" {
			wrong = append(wrong, fmt.Sprintf("%s and %s both have office %s", r.Key, taken[id], id))
		} else if id != "" {
			taken[id] = r.Key
		}
	}
	return wrong
}

// unreported returns offices that neither the journal nor a run's last list shows. If one appeared
// after the window, it is one too many.
func (e *explorer) unreported(s *state, j *Journal) (wrong []string) {
	for _, b := range s.server.offices {
		if b.who != "" && b.who != old && !s.reported[b.id] && !e.inJournal(b.who, b.id, s.server, j) {
			wrong = append(wrong, fmt.Sprintf("office %s of row %s is one too many, and nobody was told", b.id, b.who))
		}
	}
	return wrong
}

// wrongEnd says what is wrong with how a row ended.
func (e *explorer) wrongEnd(result *office.Result, s *server, j *Journal) string {
	r, ok := &result.Request, false
	switch result.Outcome {
	case office.Created, office.Exists, office.Refused:
		ok = true
	case office.Unknown:
		ok = result.Record.Words != "" && e.doubtful(&result.Record, s)
	case office.Ready:
		ok = waits(r, j)
	case office.Invalid:
		ok = len(r.Problems) == 1 && (r.Problems[0].Kind == submit.Renamed || r.Problems[0].Kind == submit.AmbiguousExisting)
	}
	if ok {
		return ""
	}
	return fmt.Sprintf("%s is %s for good (%q, candidates %v)", r.Key, result.Outcome, result.Record.Words, result.Record.Candidates)
}

// doubtful reports whether a row may stay unknown: success was claimed, its attempts are used up,
// or there are offices that may be its own.
func (e *explorer) doubtful(r *office.Record, s *server) bool {
	strange := len(r.Candidates) > 0
	for _, id := range r.Candidates {
		b := s.byID(id)
		strange = strange && b != nil && b.who != old
	}
	return r.Claimed || r.Attempts >= 5 || strange
}

// waits reports whether a row must wait for one of its name that stays unknown.
func waits(r *office.Request, j *Journal) bool {
	for other := range j.Records(office.Unknown) {
		if other.Key != r.Key && office.NameOf(other.Name, other.Country) == nameOf(r) {
			return true
		}
	}
	return false
}
