package simulator

import (
	"encoding/base64"
	"errors"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// creation is how a POST creates its office.
type creation struct {
	fault  Fault
	now    time.Time
	listed time.Time // when the list starts to show it
}

const (
	offices    = "/api/v2/offices"
	theCompany = "/api/v2/company"
)

// route handles a call in which nothing goes wrong.
func (s *Server) route(r *http.Request, body []byte, c creation) reply {
	path := r.URL.Path
	id, one := strings.CutPrefix(path, offices+"/")
	get := r.Method == http.MethodGet
	switch {
	case path == offices && r.Method == http.MethodPost:
		return s.create(r, body, c)
	case path == offices && get:
		return s.list(r, c.now)
	case path == theCompany && get:
		return s.show(companyOf(r))
	case one && get:
		return s.get(companyOf(r), id)
	case path == offices || path == theCompany || one:
		return refusal(http.StatusMethodNotAllowed)
	}
	return refusal(http.StatusNotFound)
}

// show returns the company. office_count is text, like every int64.
func (s *Server) show(company string) reply {
	return jsonReply(http.StatusOK, map[string]string{
		"id": strconv.Itoa(firstID - 1), "name": "Stand-in", "office_count": strconv.Itoa(len(s.companies.of(company).offices)),
	})
}

func (s *Server) create(r *http.Request, body []byte, c creation) reply {
	fields, reasons := checkBody(body)
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		reasons = append(reasons, "header Content-Type: is not application/json")
	}
	if len(reasons) > 0 {
		answer := refusal(http.StatusBadRequest)
		answer.reasons = reasons
		return answer
	}
	o := members(fields).office()
	if s.config.Store != nil {
		s.config.Store(&o)
	}
	o.ID = s.companies.of(companyOf(r)).add(o, c.listed)
	s.truth.Created = append(s.truth.Created, Creation{
		ID: o.ID, Company: companyOf(r), Name: members(fields).text("name"), Country: members(fields).text("country"),
		Body: body, At: c.now, Call: len(s.truth.Arrivals), Fault: c.fault,
	})
	return jsonReply(http.StatusOK, map[string]any{"office": shown{o, o.ID}, "plan": plan(fields)})
}

// plan returns the part of a plan that follows from the body.
func plan(fields members) map[string]any {
	return map[string]any{"balance": "0.00", "talk_lines": "0", "ppu_address": numbersAsText(fields["billing_address"])}
}

func (s *Server) get(company, id string) reply {
	o := s.companies.of(company).find(id)
	if o == nil {
		return refusal(http.StatusNotFound)
	}
	return jsonReply(http.StatusOK, shown{o.Office, o.ID})
}

// list returns a page of offices. It looks up one more than a page to know whether there is another page.
func (s *Server) list(r *http.Request, now time.Time) reply {
	number, activeOnly, err := listQuery(r)
	if err != nil {
		return refusal(http.StatusBadRequest)
	}
	c := s.companies.of(companyOf(r))
	if s.shift && number > 0 {
		if skipped := c.after(number, 1, now, activeOnly); len(skipped) > 0 {
			number, s.shift = skipped[0].number, false
		}
	}
	page := c.after(number, s.config.PageSize+1, now, activeOnly)
	return jsonReply(http.StatusOK, s.page(page))
}

func (s *Server) page(offices []listed) map[string]any {
	answer := map[string]any{}
	if size := s.config.PageSize; len(offices) > size {
		offices = offices[:size]
		answer["cursor"] = cursor(offices[size-1].number)
	}
	items := make([]shown, len(offices))
	for i, o := range offices {
		items[i] = shown{o.Office, o.ID}
	}
	answer["items"] = items
	return answer
}

// listQuery returns the number of the office after which a page begins, and whether only active offices are wanted.
func listQuery(r *http.Request) (number int, activeOnly bool, err error) {
	query := r.URL.Query()
	if c := query.Get("cursor"); c != "" {
		number, err = cursorNumber(c)
	}
	if only := query.Get("active_only"); only != "" && err == nil {
		activeOnly, err = strconv.ParseBool(only)
	}
	return number, activeOnly, err
}

// cursor encodes the number of a page's last office, because clients shouldn't look inside cursors.
func cursor(number int) string {
	return base64.RawURLEncoding.EncodeToString([]byte("after:" + strconv.Itoa(number)))
}

func cursorNumber(cursor string) (int, error) {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	digits, ours := strings.CutPrefix(string(raw), "after:")
	if err != nil || !ours {
		return 0, errors.New("cursor is not one of a page before")
	}
	return strconv.Atoi(digits)
}
