package api

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// A key that a server echoes is removed wherever it is, also where the text is cut: half a key is
// still too much.
func TestEchoedKey(t *testing.T) {
	for _, before := range []int{0, 1, maxWords - len("key") - 1, maxWords - 2, maxWords - 1, maxWords} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, rq *http.Request) {
			key, _ := strings.CutPrefix(rq.Header.Get("Authorization"), "Bearer ")
			text := strings.Repeat(".", before) + key
			w.Header().Set("X-Request-Id", text)
			w.WriteHeader(http.StatusInternalServerError)
			_, _ = io.WriteString(w, text)
		}))
		a := create(t, testClient(t, s.URL, 20*time.Second))
		s.Close()
		for _, text := range []string{a.Words, a.RequestID} {
			if rest := strings.NewReplacer(hidden, "", ".", "").Replace(text); strings.ContainsAny(rest, "ky") || len(text) > maxWords+len("...") {
				t.Errorf("after %d characters: %q", before, text)
			}
		}
	}
}
