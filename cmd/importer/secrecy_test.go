package main

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"officeimporter/internal/simulator"
)

// core is a part of the key that escaping does not change.
const core = "4f1c9b7e55aa"

// shownKey is the key, with characters around the core that HTML, CSV, JSON and URLs
// escape.
const shownKey = `sk-"<&,+/` + core + `\'%=>`

// traces returns the forms in which a key may appear: as it is, in hex, and in base64
// at each of three offsets.
func traces() []string {
	all := []string{core, strings.ToUpper(core), hex.EncodeToString([]byte(core))}
	for _, before := range []string{"", "x", "xx"} {
		whole := base64.StdEncoding.EncodeToString([]byte(before + core + "xx"))
		all = append(all, whole[4:12]) // characters that do not depend on the bytes around the core
	}
	return all
}

// wantNoTrace looks for the key in a file, and in the files of an archive.
func wantNoTrace(t *testing.T, where string, content []byte) {
	t.Helper()
	for _, trace := range traces() {
		if bytes.Contains(content, []byte(trace)) {
			t.Errorf("the API key is in %s as %s", where, trace)
		}
	}
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return // not an archive
	}
	for _, f := range archive.File {
		member, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(member)
		if err = errors.Join(err, member.Close()); err != nil {
			t.Fatal(err)
		}
		wantNoTrace(t, where+": "+f.Name, text)
	}
}

// careless are answers to a POST that contain the key wherever an answer can.
var careless = []func(w http.ResponseWriter, said string){
	answers(400, `{"error":{"code":400,"message":%q,"errors":[{"message":%[1]q,"reason":%[1]q}]}}`),
	answers(403, `{"error":{"code":403,"message":%q}}`),
	answers(500, `<html>%s</html>`),
	answers(200, `<html>%s</html>`),
	answers(200, `{"office":{"id":"17","request":%q}}`),
	answers(409, `%s`),
	answers(200, `{"office":{"id":"18","name":%q,"country":%[1]q,"state":%[1]q,"ring_seconds":%[1]q,"timezone":%[1]q}}`),
	encoded(base64.StdEncoding.EncodeToString),
	encoded(base64.RawURLEncoding.EncodeToString),
	encoded(hex.EncodeToString),
	encoded(func(said []byte) string { return url.QueryEscape(string(said)) }),
}

// encoded are refusals with the key in another form.
func encoded(form func([]byte) string) func(http.ResponseWriter, string) {
	return func(w http.ResponseWriter, said string) {
		answers(400, `{"error":{"code":400,"message":%q}}`)(w, form([]byte(said)))
	}
}

// carelessEnds are such answers that end a run.
var carelessEnds = map[string]func(w http.ResponseWriter, said string){
	"401": answers(401, `{"error":{"code":401,"message":%q}}`),
	"302": answers(302, `%s`),
	"429": answers(429, `{"error":{"code":429,"message":%q}}`),
}

func answers(status int, body string) func(http.ResponseWriter, string) {
	return func(w http.ResponseWriter, said string) {
		for _, name := range []string{"X-Request-Id", "X-Cloud-Trace-Context", "WWW-Authenticate", "Set-Cookie", "Server", "Via", "X-Debug"} {
			w.Header().Set(name, said)
		}
		w.Header().Set("Location", "http://127.0.0.1:1/?"+said)
		if status == http.StatusTooManyRequests {
			w.Header().Set("Retry-After", "3600")
		}
		w.WriteHeader(status)
		fmt.Fprintf(w, body, said)
	}
}

// secrecy is a folder with files to import, and a webhook that repeats what it is told.
type secrecy struct {
	dir, program string
	env          []string
	posts        atomic.Int64
	mu           sync.Mutex
	told         []byte // what the webhook was told
}

func newSecrecy(t *testing.T) *secrecy {
	t.Helper()
	s := &secrecy{dir: t.TempDir(), program: buildProgram(t)}
	for _, name := range []string{"state", "tmp"} {
		if err := os.Mkdir(filepath.Join(s.dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	keyFile := filepath.Join(t.TempDir(), "api.key") // outside of dir, as this file has the key
	write(t, keyFile, shownKey+"\n")
	webhook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) // what came of it is looked at
		s.mu.Lock()
		defer s.mu.Unlock()
		s.told = append(s.told, body...)
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = w.Write(body)
	}))
	t.Cleanup(webhook.Close)
	s.env = append(without(os.Environ(), "DIALPAD_", settingPrefix), keyFileVariable+"="+keyFile, "IMPORTER_STATE_DIR="+filepath.Join(s.dir, "state"),
		"TMPDIR="+filepath.Join(s.dir, "tmp"), "IMPORTER_NOTIFY="+webhook.URL, "IMPORTER_CONFIG=importer.yaml")
	text := officesHeading
	for n := range 12 {
		text += officeRow(n + 1)
	}
	write(t, filepath.Join(s.dir, "offices.csv"), text+strings.ReplaceAll(officeRow(99), "DE", "Nowhere"))
	write(t, filepath.Join(s.dir, "importer.yaml"), "log: json\nlog-level: debug\nsettle: 200ms\ntimeout: 1s\nworkers: 2\nyes: true\nmetrics: offices.prom\nreport: [a.csv, a.html, a.jsonl, a.xlsx]\n")
	return s
}

// without returns the variables of an environment that have none of the prefixes.
func without(environment []string, prefixes ...string) (rest []string) {
	for _, v := range environment {
		begins := false
		for _, p := range prefixes {
			begins = begins || strings.HasPrefix(v, p)
		}
		if !begins {
			rest = append(rest, v)
		}
	}
	return rest
}

// server starts a simulator behind a server that answers POSTs itself, and puts the
// key into each answer. It uses the answers in turn.
func (s *secrecy) server(t *testing.T, answer ...func(http.ResponseWriter, string)) string {
	t.Helper()
	server := simulator.New(simulator.Config{})
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("X-Request-Id", r.Header.Get("Authorization"))
			server.ServeHTTP(w, r)
			return
		}
		if !strings.Contains(r.Header.Get("Authorization"), shownKey) {
			t.Error("the server doesn't get the key: the test shows nothing")
		}
		n := int(s.posts.Add(1))
		answer[n%len(answer)](w, r.Header.Get("Authorization"))
	}))
	t.Cleanup(func() { front.Close(); _ = server.Close() })
	return front.URL
}

// run runs the program and looks for the key in its output.
func (s *secrecy) run(t *testing.T, args ...string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), s.program, args...)
	command.Dir, command.Env = s.dir, s.env
	output, err := command.CombinedOutput()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	if len(output) == 0 {
		t.Errorf("importer %s: no output", strings.Join(args, " "))
	}
	wantNoTrace(t, "the output of importer "+strings.Join(args, " "), output)
}

// leftBehind looks for the key in all files, and checks that answers of the server are
// in some of them.
func (s *secrecy) leftBehind(t *testing.T) {
	t.Helper()
	hidden := 0
	err := filepath.WalkDir(s.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte("[secret]")) {
			hidden++
		}
		wantNoTrace(t, path, content)
		return err
	})
	if err != nil || hidden < 4 {
		t.Errorf("%d files have an answer with the key taken out (%v)", hidden, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if wantNoTrace(t, "what the webhook was told", s.told); len(s.told) == 0 {
		t.Error("the webhook was told nothing")
	}
}

// The key appears in nothing that the program can write, even if servers repeat it.
func TestKeyAppearsNowhere(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the program again and again")
	}
	t.Parallel()
	s := newSecrecy(t)
	server := s.server(t, careless...)
	s.run(t, "check", "offices.csv", "--server", server)
	s.run(t, "run", "offices.csv", "--server", server, "--verify", "--journal", "a.journal")
	for _, command := range [][]string{{"run", "offices.csv", "--retry-refused", "--json"}, {"report", "offices.csv"}, {"report", "offices.csv", "--json"},
		{"explain", "offices.csv", "3"}, {"explain", "offices.csv", "4", "--json"}, {"settle", "offices.csv", "5", "--not-created"}, {"settle", "offices.csv", "6", "--office", "17"}} {
		s.run(t, append(command, "--server", server, "--journal", "a.journal")...)
	}
	for name, answer := range carelessEnds {
		s.run(t, "run", "offices.csv", "--server", s.server(t, answer), "--journal", name+".journal", "--log", "text")
	}
	s.run(t, "rehearse", "offices.csv")
	s.run(t, "version")
	s.leftBehind(t)
}

// The search finds a key in each of its forms.
func TestTraces(t *testing.T) {
	for _, before := range []string{"", "B", "Be", "Bearer "} {
		for _, text := range []string{before + shownKey, base64.StdEncoding.EncodeToString([]byte(before + shownKey)), hex.EncodeToString([]byte(before + shownKey))} {
			found := false
			for _, trace := range traces() {
				found = found || strings.Contains(text, trace)
			}
			if !found {
				t.Errorf("the key is not found in %s", text)
			}
		}
	}
}
