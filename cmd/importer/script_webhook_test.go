package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"

	"github.com/rogpeppe/go-internal/testscript"
)

// webhook starts a server that answers with a status and writes each request body
// to a file. The variable WEBHOOK has its URL.
func webhook(ts *testscript.TestScript, _ bool, args []string) {
	path, status := ts.MkAbs(args[0]), number(ts, args[1])
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err == nil {
			err = os.WriteFile(path, append(body, '\n'), 0o600)
		}
		if err != nil {
			status = http.StatusInternalServerError
		}
		w.WriteHeader(status)
	}))
	ts.Defer(s.Close)
	ts.Setenv("WEBHOOK", s.URL+"/secret-path")
}
