package submit

import (
	"fmt"
	"testing"
	"time"

	"officeimporter/internal/submit/api"
	"officeimporter/internal/submit/limit"
)

// After a cut during the TLS handshake, nothing of the request has left.
func TestCutInTheHandshake(t *testing.T) {
	t.Parallel()
	f := newTCPServer(t, true)
	for i, tr := range []breakPlan{
		{up: 0, down: everything, how: closes}, {up: 0, down: everything, how: resets}, {up: 0, down: everything, how: fallsSilent},
		{up: 1, down: everything, how: closes}, {up: 5, down: everything, how: resets}, {up: 100, down: everything, how: fallsSilent},
		{up: everything, down: 0, how: closes}, {up: everything, down: 5, how: resets}, {up: everything, down: 100, how: closes},
		{up: everything, down: 0, how: fallsSilent}, {up: everything, down: 500, how: fallsSilent}, {up: everything, down: 0, how: halfOpen},
	} {
		c := newCable(t, f.address())
		c.arm(tr)
		timeout := 10 * time.Second
		if tr.how == fallsSilent || tr.how == halfOpen {
			timeout = 200 * time.Millisecond
		}
		client := f.client(c.address(), limit.New(1_000_000, time.Minute), timeout)
		name := fmt.Sprintf("Office %d", i)
		a, err := client.Create(t.Context(), row(t, 2, name).Body, func() error { return nil }, nil)
		if n := f.times(name); err != nil || a.Verdict != api.NotSent || n != 0 {
			t.Errorf("%+v: verdict %v (%s), %v, %d offices, want %v and none", tr, a.Verdict, a.Words, err, n, api.NotSent)
		}
	}
}

// The keep-alive race: a connection is closed while it is idle, just when a call is about to be
// written to it. Whichever comes first, nothing arrives over that connection, and the client is
// right if it says that nothing was written, or that an office was created.
func TestClosedAtTheMomentOfWriting(t *testing.T) {
	t.Parallel()
	overBoth(t, func(t *testing.T, f *tcpServer) {
		c := newCable(t, f.address())
		met := map[api.Verdict]int{}
		for i := range 50 {
			for _, how := range []breakage{closes, resets} {
				client := f.client(c.address(), limit.New(1_000_000, time.Minute), 10*time.Second)
				haveIdle(t, client)
				name := fmt.Sprintf("Office %d %d", i, how)
				a, err := client.Create(t.Context(), row(t, 2, name).Body, func() error { c.breakAll(how); return nil }, nil)
				n := f.times(name)
				if err != nil || n > 1 || (a.Verdict == api.Accepted) != (n == 1) || a.Verdict != api.Accepted && a.Verdict != api.NotSent && a.Verdict != api.Ambiguous {
					t.Fatalf("verdict %v (%s), %v, %d offices", a.Verdict, a.Words, err, n)
				}
				met[a.Verdict]++
			}
		}
		t.Logf("accepted on another connection %d, not sent %d, in doubt %d", met[api.Accepted], met[api.NotSent], met[api.Ambiguous])
	})
}

// The server of these tests really offers HTTP/2: a client that asks for it gets it.
func TestFarOffersHTTP2(t *testing.T) {
	t.Parallel()
	f := newTCPServer(t, true)
	response, err := f.http.Client().Get(f.http.URL)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.Proto != "HTTP/2.0" || f.callsIn("HTTP/2.0") != 1 {
		t.Errorf("spoke %s, the server heard HTTP/2.0 %d times", response.Proto, f.callsIn("HTTP/2.0"))
	}
}
