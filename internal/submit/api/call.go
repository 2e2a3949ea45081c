package api

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"syscall"
	"time"

	"officeimporter/internal/submit/limit"
)

// call makes one call in a slot that may leave now, and judges the answer. good reads the body of a 2xx, and reports
// whether it has the expected content.
func (c *Client) call(ctx context.Context, slot *limit.Slot, held func() error, make func(context.Context) (*http.Request, error), limit int64, good func([]byte, *Answer) bool) Answer {
	f := flight{held: held}
	ctx, cancel := context.WithTimeout(f.watch(ctx), c.options.Timeout)
	defer cancel()
	rq, err := make(ctx)
	if err != nil {
		slot.Done(false)
		return Answer{Verdict: NotSent, Words: err.Error(), Ended: time.Now()}
	}
	answer := c.exchange(rq, &f, limit, good)
	answer.Sent, answer.Ended = slot.Sent, time.Now()
	for _, text := range []*string{&answer.Words, &answer.RequestID} {
		*text = bounded(c.options.Key.redact(*text)) // in this order, because a cut key isn't recognized
	}
	c.reportToLimiter(slot, &answer)
	return answer
}

func (c *Client) exchange(rq *http.Request, f *flight, most int64, good func([]byte, *Answer) bool) Answer {
	response, err := c.http.Do(rq)
	if err != nil {
		return unanswered(f, err)
	}
	defer func() { _ = response.Body.Close() }()
	answer := Answer{Status: response.StatusCode, RequestID: requestID(response.Header)}
	if answer.Status == http.StatusSwitchingProtocols { // then the body is the connection, and no time-out ends it
		answer.Verdict, answer.Words = Ambiguous, "the server changed to another protocol, which nobody asked for"
		return answer
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, most+1))
	if err == nil && int64(len(body)) > most {
		err = errors.New("the answer doesn't end")
	}
	if err != nil {
		return cutShort(answer, err)
	}
	if answer.Status/100 == 2 && good(body, &answer) {
		answer.Verdict = Accepted
		return answer
	}
	answer.Verdict = judgeStatus(answer.Status, body)
	answer.Words = words(answer.Status, body)
	answer.RetryAfter = RetryAfter(response.Header, time.Now())
	if shape, _ := errorShape(body); answer.Verdict == Ambiguous && shape.rateLimited() {
		answer.limited(rq.Method)
	}
	return answer
}

// limited handles words of a rate limit with a status that leaves open whether the call was carried out: a GET may be
// repeated like after a 429, a POST is in doubt, and both make all calls pause.
func (a *Answer) limited(method string) {
	if method == http.MethodGet {
		a.Verdict = Throttled
		return
	}
	a.RetryAfter = max(a.RetryAfter, limit.FirstPause)
}

// unanswered judges a call that got no answer.
func unanswered(f *flight, err error) Answer {
	a := Answer{Verdict: Ambiguous, Words: describe(err)}
	if f.neverWritten() {
		a.Verdict = NotSent
	}
	return a
}

// describe puts a network error into words that are the same for the same cause: without ports, and without the URL
// that every row would repeat.
func describe(err error) string {
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return "no answer in time"
	case errors.Is(err, context.Canceled):
		return "no answer before the program had to stop"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "the server closed the connection before it had answered"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return "the connection was reset before the server had answered"
	}
	var outer *url.Error
	if errors.As(err, &outer) {
		err = outer.Err
	}
	return oneLine(err.Error())
}

// cutShort judges an answer whose body didn't arrive whole. A 2xx claims success.
func cutShort(a Answer, err error) Answer {
	a.Words = "the answer was cut short: " + describe(err)
	if a.Status/100 == 2 {
		a.Verdict = Claimed
	}
	return a
}

// reportToLimiter tells the limiter how the call ended.
func (c *Client) reportToLimiter(slot *limit.Slot, a *Answer) {
	slot.Done(a.Status != 0)
	switch a.Verdict {
	case Throttled:
		a.RetryAfter, a.Pauses = slot.Throttled(a.RetryAfter)
	case NotSent:
	case Ambiguous: // most likely a 503: this row is unclear, and the others can wait
		if a.RetryAfter > 0 {
			c.limiter.Pause(time.Now().Add(min(a.RetryAfter, maxThrottle)))
		}
	default:
		slot.Passed()
	}
}
