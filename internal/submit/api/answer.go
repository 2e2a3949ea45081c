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

// Verdict is what one call came to. It is decided by what happened, never by
// the text of an error.
type Verdict uint8

const (
	// Ambiguous: it may have reached the server, and no answer tells what came
	// of it (5xx, time-out, reset, cut short, 408, 409, 425, 499, a 4xx not in
	// the API's shape).
	Ambiguous  Verdict = iota
	Accepted           // 2xx with what was asked for
	Claimed            // 2xx, but not what was asked for: no id, not JSON, cut short
	NotSent            // nothing of it was ever written
	Throttled          // 429, or a rate limit by its reason: come again later
	KeyRefused         // 401
	Redirected         // 3xx: never followed
	Denied             // 403 or 404 in the API's shape: this row, or every row?
	Rejected           // any other 4xx in the API's shape: final
)

// Answer is what one call came to, and what was said.
type Answer struct {
	Verdict    Verdict
	Status     int           // HTTP; 0 where no answer came
	Office     Listed        // of an Accepted creation
	Words      string        // the server's, or what happened; no key, no control characters
	RequestID  string        // the server's name for the call, where it gives one
	RetryAfter time.Duration // how long the server asks to wait; of a Throttled answer: how long all calls pause
	Pauses     int           // of a Throttled answer: pauses since a call last got through
	Sent       time.Time     // when it left; zero where it never did
	Ended      time.Time     // when it was over
}

const (
	maxThrottle = 5 * time.Minute // a longer wait that the server asks for ends the run
	MaxPauses   = 10              // since a call got through
)

// Hopeless says that every other call would fare the same.
func (a *Answer) Hopeless() bool {
	switch a.Verdict {
	case KeyRefused, Redirected, Denied:
		return true
	case Throttled:
		return a.TooLong() || a.Pauses > MaxPauses
	}
	return false
}

// TooLong says that the server asks to wait longer than a run does.
func (a *Answer) TooLong() bool { return a.RetryAfter > maxThrottle }

// maxHeard bounds in how many bytes of an answer words are looked for.
const maxScanned = 64 << 10

// maxWords bounds what is kept of an answer's text.
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

// judgeStatus decides what an answer other than a good 2xx means; see the
// table in ARCHITECTURE.md.
func judgeStatus(status int, body []byte) Verdict {
	shape, inShape := errorShape(body)
	switch {
	case status >= 200 && status < 300:
		return Claimed
	case status == http.StatusTooManyRequests || shape.rateLimited():
		return Throttled
	case status >= 300 && status < 400:
		return Redirected
	case status == http.StatusUnauthorized:
		return KeyRefused
	case status < 400 || status >= 500 || !inShape:
		return Ambiguous
	}
	switch status {
	case http.StatusForbidden, http.StatusNotFound:
		return Denied
	case http.StatusRequestTimeout, http.StatusConflict, http.StatusTooEarly, 499:
		return Ambiguous // 499: a proxy's word for a client that went away
	}
	return Rejected
}

func errorShape(body []byte) (apiError, bool) {
	var e apiError
	err := json.Unmarshal(body, &e)
	return e, err == nil && e.Error != nil
}

// rateLimited looks for the words by which a rate limit may come with another status.
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

// words are what an answer says, for a person: the API's messages and reasons,
// or the beginning of whatever came instead.
func words(status int, body []byte) string {
	text := oneLine(string(body[:min(len(body), maxScanned)]))
	if e, ok := errorShape(body); ok {
		text = e.words()
	}
	return cmp.Or(text, http.StatusText(status))
}

// requestID is the server's name for a call. It is no part of the words: rows
// that fare alike must be known by them.
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

// oneLine makes a text safe to print: no control characters.
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

// RetryAfter reads the header of RFC 9110, section 10.2.3: seconds, or a date,
// which is taken against the server's own clock where it tells it. Of several
// the longest counts. Zero where there is none, or none that makes sense.
func RetryAfter(header http.Header, now time.Time) (wait time.Duration) {
	if date, err := http.ParseTime(header.Get("Date")); err == nil {
		now = date
	}
	for _, value := range header.Values("Retry-After") {
		wait = max(wait, waitUntil(strings.TrimSpace(value), now))
	}
	return wait
}

// waitUntil reads one value of the header. A number too large for 68 years is
// taken as that: never call earlier than was asked.
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

// created finds the office in the answer to a creation; false where the body
// is not one.
func created(body []byte) (Listed, bool) {
	var answer struct {
		Office *Listed `json:"office"`
	}
	if err := json.Unmarshal(bytes.TrimSpace(body), &answer); err != nil || answer.Office == nil || answer.Office.ID == "" {
		return Listed{}, false
	}
	return *answer.Office, true
}
