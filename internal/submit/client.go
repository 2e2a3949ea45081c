package submit

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"syscall"
	"time"
)

const (
	officesPath   = "/api/v2/offices"
	maxAnswer     = 1 << 20 // bytes of an answer to a creation
	companyHeader = "DP-Company-ID"
	// atGate is how many creations may stand at the limiter's gate at once.
	// They are in the journal by then: few, so that a crash leaves few rows in
	// doubt that never left, and that a list of offices needn't queue behind
	// all workers; enough for a slow disk not to cost speed.
	atGate = 4
)

// ClientOptions say whom a Client calls, and as whom.
type ClientOptions struct {
	Server  *url.URL // scheme and host; the path is the Client's
	Key     Secret
	Company string        // sent as DP-Company-ID where not empty
	Timeout time.Duration // of one call, from its leaving to the end of its answer
	Agent   string        // User-Agent
	Dial    func(ctx context.Context, network, address string) (net.Conn, error)
	TLS     *tls.Config // nil: the system's roots
}

// Client makes calls to the offices API, each paced by the limiter. It is safe
// for concurrent use.
type Client struct {
	options ClientOptions
	limiter *Limiter
	gate    chan struct{} // held by creations that are about to leave
	http    *http.Client
}

// NewClient makes a client whose calls the limiter paces.
func NewClient(o ClientOptions, l *Limiter) *Client {
	return &Client{options: o, limiter: l, gate: make(chan struct{}, atGate), http: &http.Client{
		Transport: newTransport(o.Dial, o.TLS),
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}}
}

// Close gives back idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Create asks for an office: it takes a slot, calls begin, waits at the gate
// and sends, in this order, so that a slow begin can't bunch calls. An error of
// begin, or of the context before the request left, is returned, and then
// nothing was sent. The request itself is not cancelled with the context: what
// has left must be heard to its end or to its time-out.
func (c *Client) Create(ctx context.Context, body []byte, begin func() error) (Answer, error) {
	slot, err := c.readyToLeave(ctx, begin)
	if err != nil {
		return Answer{}, err
	}
	return c.call(context.WithoutCancel(ctx), slot, func(ctx context.Context) (*http.Request, error) {
		return c.post(ctx, body)
	}, maxAnswer, func(body []byte, a *Answer) bool {
		found, ok := created(body)
		a.Office = found
		return ok
	}), nil
}

func (c *Client) readyToLeave(ctx context.Context, begin func() error) (*Slot, error) {
	select {
	case c.gate <- struct{}{}:
		defer func() { <-c.gate }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	slot, err := c.limiter.Take(ctx)
	if err != nil {
		return nil, err
	}
	if err = begin(); err == nil {
		err = slot.Wait(ctx)
	}
	if err != nil {
		slot.Done(false)
		return nil, err
	}
	return slot, nil
}

func (c *Client) post(ctx context.Context, body []byte) (*http.Request, error) {
	rq, err := c.request(ctx, http.MethodPost, nil, body)
	if err != nil {
		return nil, err
	}
	rq.ContentLength = int64(len(body))
	rq.Header.Set("Content-Type", "application/json")
	return rq, nil
}

// request makes a request that net/http can't send again by itself: its body,
// even an empty one, is opaque and can't be rewound (GetBody is nil). The
// header Idempotency-Key would undo that: it must never be set. A list is
// harmless twice, but the second call would pass by the limiter.
func (c *Client) request(ctx context.Context, method string, query url.Values, body []byte) (*http.Request, error) {
	u := c.options.Server.JoinPath(officesPath)
	u.RawQuery = query.Encode()
	rq, err := http.NewRequestWithContext(ctx, method, u.String(), io.NopCloser(bytes.NewReader(body)))
	if err != nil {
		return nil, err
	}
	rq.Header.Set("Authorization", "Bearer "+c.options.Key.value)
	rq.Header.Set("Accept", "application/json")
	rq.Header.Set("User-Agent", c.options.Agent)
	if c.options.Company != "" {
		rq.Header.Set(companyHeader, c.options.Company)
	}
	return rq, nil
}

// call makes one call in a slot that has been let go, and judges it. good
// reads the body of a 2xx, and says whether it is what was asked for.
func (c *Client) call(ctx context.Context, slot *Slot, make func(context.Context) (*http.Request, error), limit int64, good func([]byte, *Answer) bool) Answer {
	var f flight
	ctx, cancel := context.WithTimeout(f.watch(ctx), c.options.Timeout)
	defer cancel()
	rq, err := make(ctx)
	if err != nil {
		slot.Done(false)
		return Answer{Verdict: NotSent, Words: err.Error(), Ended: time.Now()}
	}
	answer := c.exchange(rq, &f, limit, good)
	answer.Sent, answer.Ended = slot.sent, time.Now()
	answer.Words = c.options.Key.redact(answer.Words)
	c.account(slot, &answer)
	return answer
}

func (c *Client) exchange(rq *http.Request, f *flight, limit int64, good func([]byte, *Answer) bool) Answer {
	response, err := c.http.Do(rq)
	if err != nil {
		return unanswered(f, err)
	}
	defer func() { _ = response.Body.Close() }()
	answer := Answer{Status: response.StatusCode, RequestID: requestID(response.Header)}
	body, err := io.ReadAll(io.LimitReader(response.Body, limit+1))
	if err == nil && int64(len(body)) > limit {
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
	answer.RetryAfter = retryAfter(response.Header, time.Now())
	return answer
}

// unanswered judges a call that no answer came to.
func unanswered(f *flight, err error) Answer {
	a := Answer{Verdict: Ambiguous, Words: happened(err)}
	if f.neverWritten() {
		a.Verdict = NotSent
	}
	return a
}

// happened puts an error of the network into words that are the same for the
// same thing: no ports, no URL that would only repeat itself in every row.
func happened(err error) string {
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return "no answer in time"
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

// cutShort judges an answer whose body did not come whole. A 2xx claims that
// it was done.
func cutShort(a Answer, err error) Answer {
	a.Words = "the answer was cut short: " + happened(err)
	if a.Status/100 == 2 {
		a.Verdict = Claimed
	}
	return a
}

// account tells the limiter how the call ended.
func (c *Client) account(slot *Slot, a *Answer) {
	slot.Done(a.Status != 0)
	switch a.Verdict {
	case Throttled:
		a.RetryAfter, a.Pauses = slot.Throttled(a.RetryAfter)
	case NotSent:
	default:
		slot.Passed()
	}
}
