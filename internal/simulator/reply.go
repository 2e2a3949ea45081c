package simulator

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// delivery is how much of an answer gets through.
type delivery int

const (
	whole     delivery = iota
	truncated          // half of the body, then the connection closes
	lost               // nothing, the connection closes
	reset              // nothing, the connection is reset
	hung               // nothing, for as long as the client waits
)

// reply is an answer and how it is delivered.
type reply struct {
	status  int
	header  http.Header
	body    []byte
	by      delivery
	reasons []string // why a body was refused; not sent to the client
}

// seen returns the status that the client sees; 0: none.
func (r reply) seen() int {
	if r.by == whole || r.by == truncated {
		return r.status
	}
	return 0
}

func (r reply) with(name, value string) reply {
	r.header = r.header.Clone()
	r.header.Set(name, value)
	return r
}

func jsonReply(status int, v any) reply {
	body, err := json.Marshal(v)
	if err != nil {
		panic(err) // can't happen with maps, texts and checked JSON
	}
	return reply{status: status, header: http.Header{"Content-Type": {"application/json"}}, body: body}
}

// apiError is the body of every error from the API. It doesn't name a field.
type apiError struct {
	Error struct {
		Code    int           `json:"code"`
		Message string        `json:"message"`
		Errors  []errorDetail `json:"errors"`
	} `json:"error"`
}

type errorDetail struct {
	Domain  string `json:"domain"`
	Message string `json:"message"`
	Reason  string `json:"reason"`
}

// refusal returns an error in the API's shape, with the usual words for its status: "bad_request", "badRequest" and
// so on.
func refusal(status int) reply {
	words := strings.ToLower(http.StatusText(status))
	message := strings.NewReplacer(" ", "_", "-", "_").Replace(words)
	if status == http.StatusTooManyRequests {
		message = "rate_limit_exceeded"
	}
	return refusalSaying(status, message, camel(message))
}

func refusalSaying(status int, message, reason string) reply {
	var e apiError
	e.Error.Code, e.Error.Message = status, message
	e.Error.Errors = []errorDetail{{Domain: "global", Message: message, Reason: reason}}
	return jsonReply(status, e)
}

// camel turns bad_request into badRequest.
func camel(snake string) string {
	words := strings.Split(snake, "_")
	for i, w := range words[1:] {
		words[i+1] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, "")
}

// tooMany returns a 429 that asks the client to come back after a wait.
func tooMany(wait time.Duration, how RetryAfter) reply {
	r := refusal(http.StatusTooManyRequests)
	switch how {
	case InSeconds:
		r = r.with("Retry-After", strconv.Itoa(wholeSeconds(wait)))
	case AsDate:
		// A date has no fractions, so add a second to be sure that it isn't too early.
		at := time.Now().Add(wait + time.Second).UTC()
		r = r.with("Retry-After", at.Format(http.TimeFormat))
	}
	return r
}

func wholeSeconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }
