package api

import (
	"encoding/base64"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
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

// However a server or a proxy writes the key, it is removed.
func TestEncodedKey(t *testing.T) {
	const value = "sk/live+4f1c9b=8a72d0"
	secret := NewSecret(value)
	texts := []string{url.QueryEscape(value), url.PathEscape(value), hex.EncodeToString([]byte(value)), strings.ToUpper(hex.EncodeToString([]byte(value)))}
	for _, before := range []string{"", "B", "Be", "Bearer ", "user:"} {
		for _, after := range []string{"", "x", "xy"} {
			for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding, base64.RawStdEncoding, base64.RawURLEncoding} {
				texts = append(texts, encoding.EncodeToString([]byte(before+value+after)))
			}
		}
	}
	for _, text := range texts {
		shown := secret.redact("sent: " + text + "; no more")
		left := strings.NewReplacer("sent: ", "", hidden, "", "; no more", "").Replace(shown)
		if !strings.Contains(shown, hidden) || len(left) > len(base64.StdEncoding.EncodeToString([]byte("Bearer xy")))+4 {
			t.Errorf("%q is shown as %q", text, shown)
		}
	}
	if got := secret.redact("Branch 7, Boston"); got != "Branch 7, Boston" {
		t.Errorf("got %q", got)
	}
}

func TestKeyInOffice(t *testing.T) {
	const value = "sk-4f1c9b-8a72d0-long-enough"
	for _, whole := range []string{`{"id":9007199254740993,"name":"of ` + value + `"}`, `{"id":9007199254740993,"a":[{"\u0073k-4f1c9b-8a72d0-long-enough":"sk\u002d4f1c9b-8a72d0-long-enough"}]}`} {
		office := Listed{ID: "17", Name: "of " + value, State: value, Whole: []byte(whole)}
		NewSecret(value).redactOffice(&office)
		if all := office.Name + office.State + string(office.Whole); strings.Contains(all, "4f1c9b") || !strings.Contains(all, "9007199254740993") {
			t.Errorf("%s has become %s", whole, all)
		}
	}
	short := Listed{Name: "Paris"}
	NewSecret("a").redactOffice(&short)
	if short.Name != "Paris" {
		t.Errorf("a short key changed a name to %q", short.Name)
	}
}
