package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"time"
)

const (
	maxPage   = 16 << 20  // bytes in a page of the list
	maxItems  = 50_000    // offices in a page; the API sends far fewer
	maxList   = 256 << 20 // bytes in memory for all pages: a hundred thousand offices
	perOffice = 256       // bytes in memory for an office, besides its JSON
	maxPages  = 10_000    // what ten minutes allow
	maxTries  = 3         // tries for a page after the first
)

// List fetches a complete list of the company's offices, active or not. The error is a *ListError, or the context's.
func (c *Client) List(ctx context.Context) (*Listing, error) {
	g := partialList{list: Listing{Began: time.Now()}, seen: map[string]bool{}}
	for cursor := ""; ; {
		p, err := c.page(ctx, cursor)
		if err == nil {
			err = g.add(&p)
		}
		if err != nil {
			return nil, err
		}
		if cursor = p.Cursor; cursor == "" {
			g.list.Ended = time.Now()
			return &g.list, nil
		}
	}
}

// partialList is a list that still lacks pages.
type partialList struct {
	list Listing
	seen map[string]bool // cursors
	size int             // about how many bytes it takes in memory
}

// add adds a page. It returns a *ListError if the list has no end.
func (g *partialList) add(p *page) error {
	g.list.Offices = append(g.list.Offices, p.Items...)
	g.size += p.size()
	switch {
	case p.Cursor == "":
		return nil
	case g.seen[p.Cursor]:
		return &ListError{Answer{Verdict: Claimed, Status: http.StatusOK, Words: "the server named a page twice"}}
	}
	if g.seen[p.Cursor] = true; len(g.seen) >= maxPages || g.size >= maxList {
		return &ListError{Answer{Verdict: Claimed, Status: http.StatusOK, Words: "the list doesn't end"}}
	}
	return nil
}

// page is one answer to the list call. An answer without items is an empty list only if it is an object that could
// have had some.
type page struct {
	Items  []Listed
	Cursor string
}

// size returns about how many bytes a page takes in memory.
func (p *page) size() int {
	size := len(p.Cursor)
	for i := range p.Items {
		size += len(p.Items[i].Whole) + perOffice
	}
	return size
}

// page fetches one page. It waits while the server says that it is too busy, as long as a run would. A page after the
// first is tried again if it fails: a list of a hundred pages would hardly ever be complete if one call in a hundred
// fails. If the first page fails, the caller asks for another list.
func (c *Client) page(ctx context.Context, cursor string) (page, error) {
	for tries := 1; ; {
		var p page
		answer, err := c.get(ctx, cursor, &p)
		switch {
		case err != nil:
			return p, err
		case answer.Verdict == Accepted:
			return p, nil
		case cursor != "" && tries < maxTries && (answer.Verdict == Ambiguous || answer.Verdict == Claimed):
			tries++
		case answer.Verdict != Throttled || answer.Hopeless() || ctx.Err() != nil:
			return p, &ListError{answer}
		}
	}
}

func (c *Client) get(ctx context.Context, cursor string, p *page) (Answer, error) {
	slot, err := c.limiter.Take(ctx)
	if err != nil {
		return Answer{}, err
	}
	if err := slot.Wait(ctx); err != nil {
		slot.Done(false)
		return Answer{}, err
	}
	return c.call(ctx, slot, nil, func(ctx context.Context) (*http.Request, error) {
		return c.request(ctx, http.MethodGet, query(cursor), nil)
	}, maxPage, func(body []byte, _ *Answer) bool {
		ok := readPage(body, p)
		for i := range p.Items {
			c.options.Key.redactOffice(&p.Items[i])
		}
		return ok
	}), nil
}

func query(cursor string) url.Values {
	if cursor == "" {
		return nil
	}
	return url.Values{"cursor": {cursor}}
}

// readPage accepts only a page: an object with items, a cursor, or nothing, in which every office has an id.
func readPage(body []byte, p *page) bool {
	var wire struct {
		Items  items           `json:"items"`
		Cursor json.RawMessage `json:"cursor"`
	}
	if json.Unmarshal(body, &wire) != nil || wire.Cursor != nil && json.Unmarshal(wire.Cursor, &p.Cursor) != nil {
		return false
	}
	p.Items = wire.Items.offices
	return wire.Items.given || wire.Cursor != nil || emptyObject(body)
}

// items are the offices of a page. They are read one by one, so that a page of many tiny values stops at the first
// that is no office, or at one too many.
type items struct {
	given   bool // also if they are null
	offices []Listed
}

func (all *items) UnmarshalJSON(data []byte) error {
	all.given = true
	values := json.NewDecoder(bytes.NewReader(data))
	if first, err := values.Token(); err != nil || first == nil {
		return err
	} else if first != json.Delim('[') {
		return errNotOffices
	}
	for values.More() {
		var one Listed
		if err := values.Decode(&one); err != nil {
			return err
		}
		if one.ID == "" || len(all.offices) == maxItems {
			return errNotOffices
		}
		all.offices = append(all.offices, one)
	}
	return nil
}

var errNotOffices = errors.New("not a page of offices")

func emptyObject(body []byte) bool {
	inner, found := bytes.CutPrefix(bytes.TrimSpace(body), []byte("{"))
	return found && string(bytes.TrimSpace(inner)) == "}"
}
