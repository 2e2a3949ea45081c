package notify

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestPost(t *testing.T) {
	var got string
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = r.Method + " " + r.URL.Path + " " + r.Header.Get("Content-Type") + " " + string(body)
	}))
	defer s.Close()
	if err := Post(t.Context(), s.URL+"/hook", []byte(`{"text":"done"}`)); err != nil {
		t.Fatal(err)
	}
	if want := `POST /hook application/json {"text":"done"}`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// Errors don't show the address.
func TestPostFails(t *testing.T) {
	elsewhere := 0
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere++ }))
	defer other.Close()
	status := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "moved") {
			http.Redirect(w, r, other.URL, http.StatusTemporaryRedirect)
			return
		}
		w.WriteHeader(http.StatusForbidden)
	}))
	defer status.Close()
	gone := httptest.NewServer(nil)
	gone.Close()
	for name, webhook := range map[string]string{
		"refused": status.URL + "/secret", "a redirect": status.URL + "/secret/moved", "nobody there": gone.URL + "/secret",
		"no address": "secret", "another scheme": "ftp://secret/", "no host": "https:///secret", "a control character": "https://x/secret\x7f",
	} {
		err := Post(t.Context(), webhook, []byte("{}"))
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if elsewhere > 0 {
		t.Error("the redirect was followed")
	}
}

func TestPostEndsWithItsContext(t *testing.T) {
	release := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	defer s.Close()
	defer close(release)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Post(ctx, s.URL, []byte("{}")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
