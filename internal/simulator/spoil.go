package simulator

import (
	"fmt"
	"net/http"
	"time"
)

// elsewhere is where redirects point. No client should follow them.
const elsewhere = "/elsewhere"

// The functions below spoil an answer, which is empty if the server hasn't done what the call asked for.

func unspoiled(r reply) reply { return r }

func sentBy(by delivery) func(reply) reply {
	return func(r reply) reply { r.by = by; return r }
}

func failedWith(status int) func(reply) reply {
	return func(reply) reply { return refusal(status) }
}

func garbled(r reply) reply {
	r.body = []byte(`{"office": {"id": \x00\x1b`)
	return r
}

func pageWith(status int) func(reply) reply {
	page := fmt.Sprintf("<!DOCTYPE html>\n<html><head><title>%[1]d</title></head><body><h1>%[1]d</h1></body></html>\n", status)
	return func(reply) reply {
		return reply{status: status, header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, body: []byte(page)}
	}
}

func heldUp(how RetryAfter) func(reply) reply {
	return func(reply) reply { return tooMany(time.Second, how) }
}

func sentAway(status int) func(reply) reply {
	return func(reply) reply {
		return reply{status: status, header: http.Header{"Location": {elsewhere}}}
	}
}
