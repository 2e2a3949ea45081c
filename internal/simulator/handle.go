package simulator

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// mostBody is more than any office needs, in bytes.
const mostBody = 1 << 20

// ServeHTTP answers one call: it reads it, waits for the way to the server, handles it, waits for the way back, and
// sends the answer or what a fault leaves of it.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.enter() {
		cut(w, false)
		return
	}
	defer s.handlers.Done()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostBody))
	if tooLarge := new(http.MaxBytesError); err != nil && !errors.As(err, &tooLarge) {
		cut(w, false) // the call didn't arrive completely
		return
	}
	sent := s.nextSent()
	if !s.sleep(s.delay(s.config.Latency.Before, "there", sent)) {
		cut(w, false)
		return
	}
	answer := s.arrive(r, body, err != nil)
	s.sleep(s.delay(s.config.Latency.After, "back", sent))
	s.deliver(w, r, answer)
}

// nextSent numbers a call that is on its way.
func (s *Server) nextSent() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sent++
	return s.sent
}

// arrive does what a call asks for, unless a fault comes first, and records it in Truth at the same moment.
func (s *Server) arrive(r *http.Request, body []byte, tooLarge bool) reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	s.truth.Arrivals = append(s.truth.Arrivals, Arrival{now.Sub(s.start), companyOf(r)})
	answer, fault := s.process(r, body, tooLarge, now)
	answer = answer.with("X-Request-Id", fmt.Sprintf("sim-%06d", len(s.truth.Arrivals)))
	s.record(r, body, answer, fault)
	return answer
}

// process checks key, limits and faults, then does what the call asks for.
func (s *Server) process(r *http.Request, body []byte, tooLarge bool, now time.Time) (reply, Fault) {
	if answer := s.reject(r); answer.status != 0 {
		return answer, None
	}
	if wait := s.companies.of(companyOf(r)).limits.admit(now.Sub(s.start)); wait > 0 {
		return tooMany(wait, s.config.Limits.RetryAfter), None
	}
	if tooLarge {
		return refusal(http.StatusRequestEntityTooLarge), None
	}
	call := s.number(r, body)
	fault, late := s.chooseFault(call, body)
	answer := reply{header: http.Header{}}
	if fault.Creates() {
		answer = s.route(r, body, creation{fault: fault, now: now, listed: now.Add(late)})
	}
	return effects[fault].spoil(answer), fault
}

// reject returns the answer to a call without the right key or company. Its status is 0 if the call is fine.
func (s *Server) reject(r *http.Request) reply {
	key, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	inURL := r.URL.Query().Has("apikey")
	if inURL {
		s.truth.KeysInURL++
	}
	if inURL || !bearer || key == "" || s.config.Key != "" && key != s.config.Key {
		s.truth.WrongKeys++
		return refusalSaying(http.StatusUnauthorized, "A valid API key must be provided.", "required")
	}
	if only := s.config.Companies; only != nil && !slices.Contains(only, companyOf(r)) {
		return refusal(http.StatusForbidden)
	}
	return reply{}
}

func companyOf(r *http.Request) string { return r.Header.Get("DP-Company-ID") }

// number counts a call that was accepted.
func (s *Server) number(r *http.Request, body []byte) Call {
	content := sha256.Sum256(fmt.Appendf(nil, "%s %s %q\n%s", r.Method, r.URL, companyOf(r), body))
	s.numbers[r.Method]++
	s.attempts[content]++
	c := Call{Method: r.Method, Path: r.URL.Path, Company: companyOf(r), Number: s.numbers[r.Method], Attempt: s.attempts[content]}
	if fields, err := decode(body); err == nil {
		c.Name, c.Country = members(fields).text("name"), members(fields).text("country")
	}
	return c
}

// record writes down how a call ended.
func (s *Server) record(r *http.Request, body []byte, answer reply, fault Fault) {
	call := len(s.truth.Arrivals)
	s.truth.Calls[Answer{r.Method, answer.seen()}]++
	if fault != None {
		s.truth.Faults[fault]++
	}
	if r.URL.Path == elsewhere {
		s.truth.Redirected++
	}
	if answer.reasons != nil {
		s.truth.Rejected = append(s.truth.Rejected, Rejection{body, answer.reasons, call})
	}
	if s.config.Log != nil {
		s.config.Log.Info("call", slog.Int("number", call), slog.String("method", r.Method), slog.String("path", r.URL.Path), slog.String("company", companyOf(r)),
			slog.String("status", strconv.Itoa(answer.seen())), slog.String("fault", fault.String()), slog.Any("reasons", answer.reasons))
	}
}
