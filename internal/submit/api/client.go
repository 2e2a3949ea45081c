// Package api calls Dialpad's offices API at the limiter's pace, and says how every call ended.
package api

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"officeimporter/internal/submit/limit"
)

const (
	officesPath   = "/api/v2/offices"
	maxAnswer     = 1 << 20 // bytes in the answer to a creation
	companyHeader = "DP-Company-ID"
	// maxAtGate is how many creations may wait for the limiter at once. The journal has them by then, so few means
	// that a crash leaves few rows unclear that never left, and that a list of offices doesn't queue behind all
	// workers. It is enough for a slow disk not to cost speed.
	maxAtGate = 4
)

// Options say which server a Client calls, and with which key.
type Options struct {
	Server  *url.URL // scheme and host; the Client adds the path
	Key     Secret
	Company string        // sent as DP-Company-ID unless empty
	Timeout time.Duration // for one call, from its leaving to the end of its answer
	Grace   time.Duration // how long calls may go on once the run is being stopped; 0: to their end
	Agent   string        // User-Agent
	// Dial opens connections; nil: TCP.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	TLS  *tls.Config // nil: the system's root certificates
}

// Client calls the offices API at the limiter's pace. It is safe for concurrent use.
type Client struct {
	options Options
	limiter *limit.Limiter
	gate    chan struct{} // held by creations that are about to leave
	http    *http.Client
}

// New returns a client whose calls l paces.
func New(o Options, l *limit.Limiter) *Client {
	return &Client{options: o, limiter: l, gate: make(chan struct{}, maxAtGate), http: &http.Client{
		Transport: newTransport(o.Dial, o.TLS),
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}}
}

// Close closes idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Create asks for an office. It takes a slot, calls begin, waits for its turn and sends, in this order, so that a
// slow begin can't bunch calls. held says whether the call may still leave; it is asked when the turn comes and again
// when the request is about to be written. nil means that it may. An error of begin or held, or of the context before
// the request left, is returned, and then nothing was sent. The context doesn't cancel the request itself: what has
// left must be waited for to its end, its time-out, or the end of the grace.
func (c *Client) Create(ctx context.Context, body []byte, begin, held func() error) (Answer, error) {
	slot, err := c.takeSlot(ctx, begin, held)
	if err != nil {
		return Answer{}, err
	}
	ctx, cancel := c.withGrace(ctx)
	defer cancel()
	return c.call(ctx, slot, held, func(ctx context.Context) (*http.Request, error) {
		return c.post(ctx, body)
	}, maxAnswer, func(body []byte, a *Answer) bool {
		found, ok := created(body)
		c.options.Key.redactOffice(&found)
		a.Office = found
		return ok
	}), nil
}

// withGrace returns a context that outlives its parent by the grace at most.
func (c *Client) withGrace(parent context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(parent))
	if c.options.Grace == 0 {
		return ctx, cancel
	}
	stop := context.AfterFunc(parent, func() {
		_ = limit.SleepOr(ctx, c.options.Grace, nil)
		cancel()
	})
	return ctx, func() { stop(); cancel() }
}

// takeSlot returns a slot once the call may leave.
func (c *Client) takeSlot(ctx context.Context, begin, held func() error) (*limit.Slot, error) {
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
	if err == nil && held != nil {
		err = held()
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

// request returns a request that net/http can't send again by itself: its body, even an empty one, is opaque and
// can't be rewound (GetBody is nil). An Idempotency-Key header would undo that, so never set one. Sending a list
// twice does no harm, but the second call would bypass the limiter.
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
