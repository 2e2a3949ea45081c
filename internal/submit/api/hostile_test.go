package api

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"officeimporter/internal/submit/apitest"
	"officeimporter/internal/submit/limit"
)

// What a server or a proxy may do to harm the client: each call must end with a clear message and
// use little memory.

// endless writes a text again and again until the client closes the connection, and counts the
// bytes.
func endless(w io.Writer, text string, sent *atomic.Int64) {
	for {
		n, err := io.WriteString(w, text)
		sent.Add(int64(n))
		if err != nil {
			return
		}
	}
}

// bomb returns a gzip of n zeros.
func bomb(t *testing.T, n int64) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := io.CopyN(z, zeros{}, n)
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// hostileAnswers returns answers by name. sent counts the bytes of the endless ones.
func hostileAnswers(t *testing.T, sent *atomic.Int64) map[string]http.HandlerFunc {
	packed := bomb(t, 1<<28)
	chunk := strings.Repeat("x", 1<<15)
	return map[string]http.HandlerFunc{
		"endless body":         func(w http.ResponseWriter, _ *http.Request) { endless(w, chunk, sent) },
		"endless JSON":         func(w http.ResponseWriter, _ *http.Request) { endless(w, `{"office":`, sent) },
		"endless error":        func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(400); endless(w, chunk, sent) },
		"endless headers":      hijacked(func(w io.Writer) { endless(w, "HTTP/1.1 200 OK\r\nA: "+chunk+"\r\n", sent) }),
		"endless status":       hijacked(func(w io.Writer) { endless(w, chunk, sent) }),
		"endless early hints":  hijacked(func(w io.Writer) { endless(w, "HTTP/1.1 103 Early Hints\r\nA: "+chunk[:1000]+"\r\n\r\n", sent) }),
		"endless chunk length": hijacked(func(w io.Writer) { endless(w, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"+chunk, sent) }),
		"another protocol": hijacked(func(w io.Writer) {
			_, _ = io.WriteString(w, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n")
			_, _ = io.Copy(io.Discard, w.(io.Reader)) // until the client closes
		}),
		"compressed bomb": func(w http.ResponseWriter, rq *http.Request) {
			if accepted := rq.Header.Get("Accept-Encoding"); accepted != "" {
				t.Errorf("Accept-Encoding %q was asked for", accepted)
			}
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(packed)
		},
	}
}

// hijacked is a handler that writes to the connection, bypassing net/http.
func hijacked(write func(io.Writer)) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		write(conn)
	}
}

func TestHostileAnswers(t *testing.T) {
	const (
		inFlight = 16 << 20 // unread bytes that the kernel may buffer
		most     = maxPage + inFlight
	)
	var sent atomic.Int64
	for name, answer := range hostileAnswers(t, &sent) {
		t.Run(name, func(t *testing.T) {
			s := httptest.NewServer(answer)
			defer s.Close()
			c := testClient(t, s.URL, 20*time.Second)
			sent.Store(0)
			allocated := allocatedBy(func() {
				if a := create(t, c); a.Verdict != Claimed && a.Verdict != Ambiguous || a.Words == "" {
					t.Errorf("verdict %d (%s)", a.Verdict, a.Words)
				}
			})
			if n := sent.Load(); n > maxAnswer+inFlight {
				t.Errorf("the client took %d bytes", n)
			}
			if allocated > 16*maxAnswer {
				t.Errorf("an answer took %d bytes of memory", allocated)
			}
			sent.Store(0)
			var failed *ListError
			if _, err := c.List(t.Context()); !errors.As(err, &failed) || failed.Answer.Words == "" {
				t.Errorf("list: %v", err)
			}
			if n := sent.Load(); n > most {
				t.Errorf("the client took %d bytes of a list", n)
			}
		})
	}
}

// allocatedBy returns how many bytes were allocated in all, including the server's.
func allocatedBy(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// A byte now and then doesn't keep a call beyond its time-out.
func TestDrip(t *testing.T) {
	const timeout = time.Minute
	for name, begin := range map[string]string{
		"status":  "HTTP/1.1 2",
		"headers": "HTTP/1.1 200 OK\r\nA: ",
		"body":    "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				line := apitest.NewPipes()
				defer time.Sleep(timeout) // until the server notices
				go http.Serve(line, hijacked(func(w io.Writer) {
					for text := begin; ; text = "0" {
						if _, err := io.WriteString(w, text); err != nil {
							return
						}
						time.Sleep(timeout / 10)
					}
				}))
				defer line.Close()
				c := New(Options{Server: &url.URL{Scheme: "http", Host: "pipe"}, Key: NewSecret("key"), Timeout: timeout, Dial: line.Dial}, limit.New(1200, time.Minute))
				defer c.Close()
				began := time.Now()
				a := create(t, c)
				if took := time.Since(began); took > timeout+time.Second || !strings.Contains(a.Words, "no answer in time") {
					t.Errorf("after %s: verdict %d (%s)", took, a.Verdict, a.Words)
				}
			})
		})
	}
}

// names returns members of a JSON object with n different names.
func names(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `,"%d":0`, i)
	}
	return b.String()
}

// An endless list is given up, whatever its pages are like.
func TestEndlessLists(t *testing.T) {
	for _, test := range []struct {
		name  string
		page  func(n int) string
		words string
		most  int
	}{
		{"always another page", func(n int) string { return fmt.Sprintf(`{"items":[{"id":%d}],"cursor":"%d"}`, n, n) }, "the list doesn't end", maxPages},
		{"empty pages", func(n int) string { return fmt.Sprintf(`{"cursor":"%d"}`, n) }, "the list doesn't end", maxPages},
		{"the same page", func(int) string { return `{"items":[],"cursor":"x"}` }, "the server named a page twice", 2},
		{"pages in a ring", func(n int) string { return fmt.Sprintf(`{"items":[],"cursor":"%d"}`, n%3) }, "the server named a page twice", 4},
		{"page of nulls", func(int) string { return `{"items":[` + strings.Repeat("null,", 3<<20) + `null]}` }, "", 1},
		{"page of tiny offices", func(int) string { return `{"items":[` + strings.Repeat(`{"id":1},`, 1<<20) + `{"id":1}]}` }, "", 1},
		{"page of names", func(int) string { return `{"items":[]` + names(1<<20) + `,"cursor":7}` }, "", 1},
		{"deep page", func(int) string { return `{"items":` + strings.Repeat("[", 1<<20) }, "", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			if (!apitest.AllVariants || testing.Short()) && test.most == maxPages {
				t.Skip("asks for too many pages to be quick")
			}
			asked, first := 0, []byte(test.page(1)) // made here, so that its memory isn't counted below
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if asked++; asked == 1 {
					_, _ = w.Write(first)
					return
				}
				_, _ = io.WriteString(w, test.page(asked))
			}))
			defer s.Close()
			var failed *ListError
			var err error
			allocated := allocatedBy(func() { _, err = testClient(t, s.URL, 20*time.Second).List(t.Context()) })
			if test.most == 1 && allocated > 12*maxPage {
				t.Errorf("a page took %d bytes of memory", allocated)
			}
			if !errors.As(err, &failed) || !strings.Contains(failed.Answer.Words, test.words) {
				t.Errorf("list: %v, want %s", err, test.words)
			}
			if asked > test.most {
				t.Errorf("%d pages were asked for, want at most %d", asked, test.most)
			}
		})
	}
}

// A list must not fill the memory, neither with few large offices nor with many small ones.
func TestLargeList(t *testing.T) {
	if testing.Short() {
		t.Skip("fills the memory")
	}
	for name, test := range map[string]struct{ offices, bytes int }{"large": {10, maxPage / 10}, "small": {maxPage / 10, 10}} {
		t.Run(name, func(t *testing.T) {
			p := page{Items: make([]Listed, test.offices)}
			for i := range p.Items {
				p.Items[i].Whole = make([]byte, test.bytes)
			}
			g := partialList{seen: map[string]bool{}}
			for n := range maxList / maxPage {
				p.Cursor = fmt.Sprint(n)
				var failed *ListError
				if err := g.add(&p); errors.As(err, &failed) {
					return
				}
			}
			t.Errorf("a list of %d offices goes on", len(g.list.Offices))
		})
	}
}
