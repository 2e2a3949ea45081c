package simulator

import (
	"bytes"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

func TestLogSaysWhyAndKeepsTheKey(t *testing.T) {
	var lines bytes.Buffer
	s, c := listen(t, Config{Log: slog.New(slog.NewTextHandler(&lines, nil))})
	c.post(`{"country": "DE"}`)
	c.get(offices + "?apikey=secret")
	_ = s.Close() // ends all writing to the log
	for _, want := range []string{"method=POST", "path=/api/v2/offices", "status=400", "fault=none", "name: is missing", "status=401"} {
		if !strings.Contains(lines.String(), want) {
			t.Errorf("log lacks %q:\n%s", want, lines.String())
		}
	}
	if strings.Contains(lines.String(), "secret") {
		t.Errorf("log has the key:\n%s", lines.String())
	}
}

func TestNothingRunsOnAfterClose(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := New(withFault("POST", HangBefore))
	if err := s.Listen("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	c := newCaller(t, s.URL(), &http.Transport{})
	c.do(patience(t, HangBefore), "POST", offices, minimal("Bonn", "DE").json())
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("closed again: %v", err)
	}
	if err := s.Serve(newPipes()); err != nil {
		t.Errorf("served after Close: %v", err)
	}
	c.http.CloseIdleConnections()
}

func TestListenOnATakenAddress(t *testing.T) {
	s, _ := listen(t, Config{})
	if err := New(Config{}).Listen(strings.TrimPrefix(s.URL(), "http://")); err == nil {
		t.Error("listens where another does")
	}
}
