package submit

import (
	"officeimporter/internal/office"
)

// task is a row that will be sent, or is being sent.
type task struct {
	request *office.Request
	record  office.Record // what the journal knows about it
	begun   bool          // the journal has a Begin without a Finish
}

func (t *task) name() office.Name {
	return office.NameOf(t.request.Office.Name, t.request.Office.Country)
}

// rows keeps the rows that are under way. At most one row of a name and country is under way (a key column allows
// several): the others wait, because the list of offices couldn't tell which of them was created. Not for concurrent
// use.
type rows struct {
	ready    []*task // to be sent, in this order
	busy     map[office.Name]office.Key
	underWay map[office.Key]bool // ready or in flight
	waiting  map[office.Name][]*office.Request
	blocked  map[office.Name]bool // a row of this name stays unknown, so the others can't be sent
	open     int                  // rows ready, in flight, pending settlement, deferred or waiting
	fed      bool                 // no more rows will come
}

func newRows() rows {
	return rows{busy: map[office.Name]office.Key{}, underWay: map[office.Key]bool{}, waiting: map[office.Name][]*office.Request{}, blocked: map[office.Name]bool{}}
}

func (r *rows) done() bool { return r.fed && r.open == 0 }

// take removes and returns the next row to send, or nil.
func (r *rows) take() *task {
	if len(r.ready) == 0 {
		return nil
	}
	t := r.ready[0]
	r.ready = r.ready[1:]
	return t
}

func (r *rows) hold(name office.Name, key office.Key) {
	r.busy[name] = key
	r.open++
}

// send queues a row whose name is free.
func (r *rows) send(t *task) {
	r.hold(t.name(), t.request.Key)
	r.underWay[t.request.Key] = true
	r.ready = append(r.ready, t)
}

// wait keeps a row until its name is free. It returns false if it is free already.
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

// release frees a name and returns the rows that waited for it.
func (r *rows) release(name office.Name, key office.Key) []*office.Request {
	if r.busy[name] != key {
		return nil
	}
	delete(r.busy, name)
	waited := r.waiting[name]
	delete(r.waiting, name)
	return waited
}

// block gives up a name for this run: the rows that wait for it stay pending.
func (r *rows) block(name office.Name) {
	r.blocked[name] = true
	r.open -= len(r.waiting[name])
	delete(r.waiting, name)
}
