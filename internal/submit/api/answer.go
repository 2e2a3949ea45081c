package api

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Verdict is the outcome of one call. It depends on what happened, never on the text of an error.
type Verdict uint8

const (
	// Ambiguous: it may have reached the server, and no answer says what came of it (5xx, time-out, reset, cut short,
	// 408, 409, 425, 499, a 4xx not in the API's shape).
	Ambiguous  Verdict = iota
	Accepted           // 2xx with the expected content
	Claimed            // 2xx without the expected content: no id, not JSON, cut short
	NotSent            // not a byte of it was written
	Throttled          // 429, or another status whose reason is a rate limit
	KeyRefused         // 401
	Redirected         // 3xx; never followed
	Denied             // 403 or 404 in the API's shape; for this row or for every row
	Rejected           // any other 4xx in the API's shape; final
)

// Answer is the outcome of one call, and what the server said.
type Answer struct {
	Verdict    Verdict
	Status     int           // HTTP status; 0 if no answer came
	Office     Listed        // the office of an Accepted creation
	Words      string        // the server's message, or what happened; without the key and control characters
	RequestID  string        // the server's id for the call; may be empty
	RetryAfter time.Duration // how long the server asks to wait; if Throttled, how long all calls pause
	Pauses     int           // if Throttled, how many pauses there were since a call got through
	Sent       time.Time     // when it left; zero if it never did
	Ended      time.Time     // when it was over
}

const (
	maxThrottle = 5 * time.Minute // if the server asks for a longer wait, the run ends
	MaxPauses   = 10              // pauses in a row, without a call getting through, that a run accepts
)

// Hopeless reports whether every other call would fail the same way.
func (a *Answer) Hopeless() bool {
	switch a.Verdict {
	case KeyRefused, Redirected, Denied:
		return true
	case Throttled:
		return a.TooLong() || a.Pauses > MaxPauses
	}
	return false
}

// TooLong reports whether the server asks for a longer wait than a run accepts.
func (a *Answer) TooLong() bool { return a.RetryAfter > maxThrottle }

// maxScanned is how many bytes of an answer are searched for a message.
const maxScanned = 64 << 10

// maxWords is how many bytes of an answer's message are kept.
const maxWords = 300

// apiError is the shape of the API's error bodies.
type apiError struct {
	Error *struct {
		Message string `json:"message"`
		Errors  []struct {
			Message string `json:"message"`
			Reason  string `json:"reason"`
		} `json:"errors"`
	} `json:"error"`
}

// judgeStatus returns the verdict on any answer but a good 2xx; see the table in ARCHITECTURE.md.
func judgeStatus(status int, body []byte) Verdict {
	shape, inShape := errorShape(body)
	switch {
	case status/100 == 2:
		return Claimed
	case status == http.StatusTooManyRequests, status == http.StatusForbidden && shape.rateLimited():
		return Throttled
	case status/100 == 3:
		return Redirected
	case status == http.StatusUnauthorized:
		return KeyRefused
	case status/100 != 4 || !inShape || shape.rateLimited():
		return Ambiguous // a gateway may speak of its limit after the office was made
	}
	switch status {
	case http.StatusForbidden, http.StatusNotFound:
		return Denied
	case http.StatusRequestTimeout, http.StatusConflict, http.StatusTooEarly, 499:
		return Ambiguous // 499: what some proxies say if the client went away
	}
	return Rejected
}

func errorShape(body []byte) (apiError, bool) {
	var e apiError
	err := json.Unmarshal(body, &e)
	return e, err == nil && e.Error != nil
}

// rateLimited reports whether the API's error speaks of a rate limit. With a 403 it then means what a 429 means; with
// any other status the call may have been carried out: see Answer.limited.
func (e apiError) rateLimited() bool {
	if e.Error == nil {
		return false
	}
	said := []string{e.Error.Message}
	for _, one := range e.Error.Errors {
		said = append(said, one.Reason, one.Message)
	}
	for _, s := range said {
		if strings.EqualFold(strings.ReplaceAll(s, "_", ""), "rateLimitExceeded") {
			return true
		}
	}
	return false
}

// words returns an answer's message for people: the API's messages and reasons, or the beginning of whatever came
// instead.
func words(status int, body []byte) string {
	text := oneLine(string(body[:min(len(body), maxScanned)]))
	if e, ok := errorShape(body); ok {
		text = e.words()
	}
	return cmp.Or(text, http.StatusText(status))
}

// requestID returns the server's id for a call. It is not part of the message, because rows that fail the same way
// are recognized by their message.
func requestID(header http.Header) string {
	return oneLine(cmp.Or(header.Get("X-Request-Id"), header.Get("X-Cloud-Trace-Context")))
}

func (e apiError) words() string {
	said := []string{e.Error.Message}
	for _, one := range e.Error.Errors {
		if one.Message != "" && one.Message != e.Error.Message {
			said = append(said, one.Message)
		}
		if one.Reason != "" {
			said = append(said, "reason "+one.Reason)
		}
	}
	return oneLine(strings.Join(said, ", "))
}

// oneLine makes a text safe to print: one line without control characters.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }), " ")
}

// bounded cuts a text that is too long to keep.
func bounded(text string) string {
	if len(text) > maxWords {
		text = strings.ToValidUTF8(text[:maxWords], "") + "..."
	}
	return text
}

// RetryAfter reads the header of RFC 9110, section 10.2.3: seconds, or a date, which it compares with the server's
// own clock if the answer has its time. The longest of several values counts. It returns 0 if there is none, or none
// that makes sense.
func RetryAfter(header http.Header, now time.Time) (wait time.Duration) {
	if date, err := http.ParseTime(header.Get("Date")); err == nil {
		now = date
	}
	for _, value := range header.Values("Retry-After") {
		wait = max(wait, waitUntil(strings.TrimSpace(value), now))
	}
	return wait
}

// waitUntil reads one value of the header. It caps a number at 68 years instead of ignoring it, so that we never call
// earlier than asked.
func waitUntil(value string, now time.Time) time.Duration {
	seconds, err := strconv.ParseUint(value, 10, 31)
	if err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(seconds) * time.Second
	}
	if until, err := http.ParseTime(value); err == nil {
		return until.Sub(now)
	}
	return 0
}

// created returns the office in the answer to a creation, or false if there is none.
func created(body []byte) (Listed, bool) {
	var answer struct {
		Office *Listed `json:"office"`
	}
	if err := json.Unmarshal(bytes.TrimSpace(body), &answer); err != nil || answer.Office == nil || answer.Office.ID == "" {
		return Listed{}, false
	}
	return *answer.Office, true
}
