package journal

import (
	"context"
	"time"

	"officeimporter/internal/submit/api"
)

// listOption is what may become of a list of offices.
type listOption struct {
	option
	happens listEvent
}

type listEvent int

const (
	whole listEvent = iota
	halfWay
	outage // it and the next two fail half-way
	neverWritten
	keyRefused
	otherClient // another client creates an office of a row's name first
	shifted     // a page shifts, so that an office is missing
	renamed     // an administrator renames an office first
	dies
)

// listOptions returns what may become of the next list. No two complete lists in a row lack the
// same office: we assume that of the server.
func (l *modelRun) listOptions() []listOption {
	all := []listOption{{option{what: "whole"}, whole}, {option{"fails half-way", oneFault}, halfWay},
		{option{"it and the next two fail half-way", oneFault}, outage}, {option{"never written", oneFault}, neverWritten},
		{option{"key refused", oneFault}, keyRefused}, {option{"crash", oneCrash}, dies}}
	if l.scenario.tooLate {
		return all // one broken assumption at a time
	}
	if len(l.server.of("")) == 0 {
		all = append(all, listOption{option{"another client makes one of the name before", oneFault}, otherClient})
	}
	if newest := l.server.newest(); newest != nil {
		if newest.id != l.server.hidden {
			all = append(all, listOption{option{"a page shifts and hides office " + newest.id, oneFault}, shifted})
		}
		all = append(all, listOption{option{"office " + newest.id + " is renamed before", oneFault}, renamed})
	}
	return all
}

// List takes a list. The schedule decides what becomes of it.
func (l *modelRun) List(ctx context.Context) (*api.Listing, error) {
	if l.dead() || ctx.Err() != nil {
		return nil, context.Canceled
	}
	event := l.chooseListEvent()
	listing, hidden := l.read(event)
	if !l.pause(listTime) {
		return nil, errCrashed
	}
	listing.Ended = time.Now()
	if why := listFails(event); why != nil {
		return listing, why
	}
	l.noteList(listing)
	l.server.hidden = hidden
	return listing, nil
}

// chooseListEvent decides what becomes of the next list.
func (l *modelRun) chooseListEvent() listEvent {
	if l.failing > 0 {
		l.failing--
		return halfWay
	}
	all := l.listOptions()
	options := make([]option, len(all))
	for i := range all {
		options[i] = all[i].option
	}
	happens := all[l.schedule.choose("list", options)].happens
	if happens == outage {
		l.failing = 2
		return halfWay
	}
	return happens
}

const listTime = 103 * time.Millisecond

// read makes the event happen. It returns what is read of the list then, and the office that it
// lacks.
func (l *modelRun) read(happens listEvent) (listing *api.Listing, hidden string) {
	switch newest := l.server.newest(); {
	case happens == dies:
		l.crash()
	case happens == otherClient:
		l.server.create(l.scenario.files[0][0].Office.Name, "", made)
	case happens == renamed:
		l.server.rename(newest)
	case happens == shifted, happens == halfWay && newest != nil:
		hidden = newest.id
	}
	return l.server.list(hidden), hidden
}

// listFails returns the error of a list that fails. The pages that were read come with it, and must
// not be taken for a list.
func listFails(happens listEvent) error {
	failed := func(v api.Verdict, status int) error {
		return &api.ListError{Answer: api.Answer{Verdict: v, Status: status, Words: "no list"}}
	}
	switch happens {
	case halfWay:
		return failed(api.Ambiguous, 503)
	case neverWritten:
		return failed(api.NotSent, 0)
	case keyRefused:
		return failed(api.KeyRefused, 401)
	}
	return nil
}
