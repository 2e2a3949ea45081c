package journal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// budget is how many faults and crashes may happen, and how many of both together.
type budget struct{ faults, crashes, together int }

var (
	oneFault = budget{faults: 1, together: 1}
	oneCrash = budget{crashes: 1, together: 1}
)

// covers reports whether b allows everything that o allows.
func (b budget) covers(o budget) bool {
	return b.faults >= o.faults && b.crashes >= o.crashes && b.together >= o.together
}

func (b budget) minus(o budget) budget {
	return budget{b.faults - o.faults, b.crashes - o.crashes, b.together - o.together}
}

// option is what may happen at a point of a schedule. The first option of a menu is that all goes
// well, and costs nothing.
type option struct {
	what  string
	costs budget
}

// point is a moment at which something was chosen.
type point struct {
	where  string
	menu   []option
	chosen int
	left   budget // before the choice
}

// next returns the option after the chosen one that the budget allows.
func (p *point) next() (int, bool) {
	for i := p.chosen + 1; i < len(p.menu); i++ {
		if p.left.covers(p.menu[i].costs) {
			return i, true
		}
	}
	return 0, false
}

// schedule decides what happens at each point of a run: first what its prefix says, then that all
// goes well. It is safe for concurrent use.
type schedule struct {
	mu       sync.Mutex
	prefix   []point
	points   []point
	left     budget
	diverged string // where the run came to another point than when the prefix was recorded
}

// choose returns the number of the option that happens.
func (s *schedule) choose(where string, menu []option) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := point{where: where, menu: menu, left: s.left}
	if at := len(s.points); at < len(s.prefix) {
		planned := &s.prefix[at]
		if planned.where != where || len(planned.menu) != len(menu) {
			s.diverged = cmp.Or(s.diverged, fmt.Sprintf("%s instead of %s", where, planned.where))
			return 0
		}
		p.chosen = planned.chosen
	}
	s.left = s.left.minus(menu[p.chosen].costs)
	s.points = append(s.points, p)
	return p.chosen
}

// following returns the next schedule, depth first, or false after the last.
func (s *schedule) following(whole budget) (*schedule, bool) {
	for i := len(s.points) - 1; i >= 0; i-- {
		if chosen, ok := s.points[i].next(); ok {
			prefix := slices.Clone(s.points[:i+1])
			prefix[i].chosen = chosen
			return &schedule{prefix: prefix, left: whole}, true
		}
	}
	return nil, false
}

// calm reports whether all went well.
func (s *schedule) calm() bool {
	return !slices.ContainsFunc(s.points, func(p point) bool { return p.chosen > 0 })
}

// String lists what did not go well: "create A: no answer, made; list: crash".
func (s *schedule) String() string {
	var said []string
	for _, p := range s.points {
		if p.chosen > 0 {
			said = append(said, p.where+": "+p.menu[p.chosen].what)
		}
	}
	return strings.Join(said, "; ")
}
