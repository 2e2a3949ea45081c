// Package api makes the calls to Dialpad's offices API, each paced by the
// limiter, and says what every call came to.
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
	maxAnswer     = 1 << 20 // bytes of an answer to a creation
	companyHeader = "DP-Company-ID"
	// atGate is how many creations may stand at the limiter's gate at once.
	// They are in the journal by then: few, so that a crash leaves few rows in
	// doubt that never left, and that a list of offices needn't queue behind
	// all workers; enough for a slow disk not to cost speed.
	maxAtGate = 4
)

// Options say whom a Client calls, and as whom.
type Options struct {
	Server  *url.URL // scheme and host; the path is the Client's
	Key     Secret
	Company string        // sent as DP-Company-ID where not empty
	Timeout time.Duration // of one call, from its leaving to the end of its answer
	Grace   time.Duration // how long calls are still heard once the run is being stopped; 0: to their end
	Agent   string        // User-Agent
	Dial    func(ctx context.Context, network, address string) (net.Conn, error)
	TLS     *tls.Config // nil: the system's roots
}

// Client makes calls to the offices API, each paced by the limiter. It is safe
// for concurrent use.
type Client struct {
	options Options
	limiter *limit.Limiter
	gate    chan struct{} // held by creations that are about to leave
	http    *http.Client
}

// New makes a client whose calls the limiter paces.
func New(o Options, l *limit.Limiter) *Client {
	return &Client{options: o, limiter: l, gate: make(chan struct{}, maxAtGate), http: &http.Client{
		Transport: newTransport(o.Dial, o.TLS),
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}}
}

// Close gives back idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Create asks for an office: it takes a slot, calls begin, waits at the gate
// and sends, in this order, so that a slow begin can't bunch calls. held is
// asked whether it may still leave, there and when it is about to be written to
// its connection; nil: it may. An error of begin or held, or of the context
// before the request left, is returned, and then nothing was sent. The request
// itself is not cancelled with the context: what has left must be heard to its
// end, to its time-out, or through the grace.
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
		a.Office = found
		return ok
	}), nil
}

// withGrace is a context that outlives another one, by the grace at most.
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
