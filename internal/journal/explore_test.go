package journal

import (
	"fmt"
	"os"
	"testing"
	"testing/synctest"
)

// exploreVariable says how many faults, crashes, and both together a schedule may have, such as "3
// 2 4"; `make explore` sets it.
const exploreVariable = "IMPORTER_EXPLORE"

// TestExplore runs the Submitter and the Journal against a model of the server through every
// schedule of faults and crashes up to a bound, and checks the promises in each: no office twice,
// none lost, no POST without a list and a Begin on disk, and a journal that tells the truth.
//
// It explores a schedule run by run, and continues only once from runs that leave the same state.
// It is here and not in package submit because a crash must control the Journal's file.
func TestExplore(t *testing.T) {
	bound := usualBound
	if testing.Short() {
		bound = budget{faults: 1, crashes: 1, together: 1}
	}
	if text := os.Getenv(exploreVariable); text != "" {
		if _, err := fmt.Sscan(text, &bound.faults, &bound.crashes, &bound.together); err != nil {
			t.Fatalf("%s=%q: %v", exploreVariable, text, err)
		}
	}
	for _, s := range scenarios(t) {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			explore(t, s, bound)
		})
	}
}

func explore(t *testing.T, s *scenario, bound budget) {
	e := explorer{t: t, scenario: s, bound: bound, queue: map[int][]*state{}, seen: map[string][]budget{}, next: map[string]string{}, settled: map[string]bool{}}
	e.explore()
	t.Logf("%d schedules from %d states, %d of them final", e.runs, len(e.seen), len(e.settled))
}

// explorer goes through all schedules of a scenario, run by run. It continues only once from states
// that behave the same.
type explorer struct {
	t        *testing.T
	scenario *scenario
	bound    budget
	queue    map[int][]*state    // by how much budget is left
	seen     map[string][]budget // budgets left in the states that were explored
	next     map[string]string   // the state after a run in which all goes well
	settled  map[string]bool     // states that such a run doesn't change
	runs     int
	broken   int
	diverged string // why the exploration can't go on
}

// maxBroken is how many broken promises are reported.
const maxBroken = 3

func (e *explorer) explore() {
	e.add(&state{server: &server{offices: e.scenario.there}, left: e.bound})
	for s := e.take(); s != nil && e.broken < maxBroken; s = e.take() {
		synctest.Test(e.t, func(*testing.T) { e.exploreFrom(s) })
		if e.diverged != "" {
			e.t.Fatal(e.diverged)
		}
	}
	for name := range e.next {
		e.comesToRest(name)
	}
}

// add keeps a state to explore, if it is new.
func (e *explorer) add(s *state) {
	if e.isNew(s) {
		e.queue[s.left.together] = append(e.queue[s.left.together], s)
	}
}

// take returns a state with the most budget left, because what follows from it covers more.
func (e *explorer) take() *state {
	for together := e.bound.together; together >= 0; together-- {
		if q := e.queue[together]; len(q) > 0 {
			e.queue[together] = q[:len(q)-1]
			return q[len(q)-1]
		}
	}
	return nil
}

func (e *explorer) isNew(s *state) bool {
	for _, left := range e.seen[s.name] {
		if left.covers(s.left) {
			return false
		}
	}
	e.seen[s.name] = append(e.seen[s.name], s.left)
	return true
}

// exploreFrom tries every run that a state allows.
func (e *explorer) exploreFrom(s *state) {
	for p, more := (&schedule{left: s.left}), true; more && e.broken < maxBroken; p, more = p.following(s.left) {
		e.runs++
		file, l, end := e.execute(s, p)
		for tries := 1; p.diverged != "" && tries < maxTries; tries++ {
			p = &schedule{prefix: p.prefix, left: s.left}
			file, l, end = e.execute(s, p)
		}
		if p.diverged != "" {
			e.diverged = fmt.Sprintf("the schedule can't be repeated: %s after%s\n    %s", p.diverged, s.history(), p)
			return
		}
		n, j := s.after(e.t, l, &end, file)
		e.check(l, &end, n, j)
		e.add(n)
	}
}

// maxTries is how often a schedule is tried until it goes as it did when it was recorded: on a busy
// machine two workers sometimes reach the journal in another order.
const maxTries = 20

// execute executes one run by a schedule.
func (e *explorer) execute(s *state, p *schedule) (file int, l *modelRun, end runEnd) {
	file = s.file
	if file+1 < len(e.scenario.files) && s.before != nil {
		file += p.choose("file", []option{{what: "as it was"}, {"edited", oneFault}})
	}
	l = s.start(e.scenario, p, file)
	return file, l, l.execute()
}

// check checks the promises at the end of a run.
func (e *explorer) check(l *modelRun, end *runEnd, n *state, j *Journal) {
	wrong := append(l.wrong, e.promises(n, j)...)
	if l.schedule.calm() {
		e.next[n.before.name] = n.name
		if end.err != nil {
			wrong = append(wrong, "a run in which all goes well ends early: "+end.err.Error())
		}
		if n.name == n.before.name {
			e.settled[n.name] = true
			wrong = append(wrong, e.atRest(n, j)...)
		}
	}
	for _, w := range wrong {
		e.broke(w, n)
	}
}

func (e *explorer) broke(how string, n *state) {
	e.broken++
	e.t.Errorf("%s, after%s\nthen there is %s", how, n.history(), n.name)
}

// comesToRest checks that runs in which all goes well soon change nothing.
func (e *explorer) comesToRest(name string) {
	for range 4 {
		if e.settled[name] || e.broken > 0 {
			return
		}
		name = e.next[name]
	}
	e.t.Errorf("runs go on and on from %s", name)
}
