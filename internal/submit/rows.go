package submit

import (
	"officeimporter/internal/office"
)

// task is a row that is to be sent, or is being sent.
type task struct {
	request *office.Request
	record  office.Record // what the journal knows of it
	begun   bool          // a Begin without a Finish is in the journal
}

func (t *task) name() office.Name {
	return office.NameOf(t.request.Office.Name, t.request.Office.Country)
}

// rows keeps the rows that are under way. Of rows with one name and country
// (a key column can allow that) one at most is under way: the others wait,
// because the list of offices could not tell which of them was created.
// Not for concurrent use.
type rows struct {
	ready    []*task // to be sent, in this order
	busy     map[office.Name]office.Key
	underWay map[office.Key]bool // rows ready or in flight
	waiting  map[office.Name][]*office.Request
	blocked  map[office.Name]bool // a row of this name stays unknown: the others can't be sent
	open     int                  // rows ready, in flight, in doubt or waiting
	fed      bool                 // no more rows will come
}

func newRows() rows {
	return rows{busy: map[office.Name]office.Key{}, underWay: map[office.Key]bool{}, waiting: map[office.Name][]*office.Request{}, blocked: map[office.Name]bool{}}
}

func (r *rows) done() bool { return r.fed && r.open == 0 }

// take is the next row to send, or nil.
func (r *rows) take() *task {
	if len(r.ready) == 0 {
		return nil
	}
	t := r.ready[0]
	r.ready = r.ready[1:]
	return t
}

// hold reserves a name for a row.
func (r *rows) hold(name office.Name, key office.Key) {
	r.busy[name] = key
	r.open++
}

// send makes a row ready, whose name nobody holds.
func (r *rows) send(t *task) {
	r.hold(t.name(), t.request.Key)
	r.underWay[t.request.Key] = true
	r.ready = append(r.ready, t)
}

// wait keeps a row until its name is free; false where it is free already.
func (r *rows) wait(name office.Name, request *office.Request) bool {
	holder, busy := r.busy[name]
	if !busy || holder == request.Key {
		return false
	}
	if !r.blocked[name] {
		r.waiting[name] = append(r.waiting[name], request)
		r.open++
	}
	return true
}

// release frees a name, and returns the rows that waited for it.
func (r *rows) release(name office.Name, key office.Key) []*office.Request {
	if r.busy[name] != key {
		return nil
	}
	delete(r.busy, name)
	waited := r.waiting[name]
	delete(r.waiting, name)
	return waited
}

// block gives a name up for this run: what waits for it stays pending.
func (r *rows) block(name office.Name) {
	r.blocked[name] = true
	r.open -= len(r.waiting[name])
	delete(r.waiting, name)
}
