package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"officeimporter/internal/journal/lock"
	"officeimporter/internal/simulator"
)

// serverKey is the key of the scriptServer in a script's values.
type serverKey struct{}

// scriptServer is a script's simulator, and what happens at its POSTs.
type scriptServer struct {
	server *simulator.Server

	mu      sync.Mutex
	posts   int
	waits   map[int]chan struct{} // closed when that POST arrives
	actions map[int]func()        // called when that POST arrives, before it is answered
	held    chan struct{}         // closed by release
}

func serverOf(ts *testscript.TestScript) *scriptServer { return ts.Value(serverKey{}).(*scriptServer) }

// serve starts a simulator, which is the --server of all later commands. Its options:
//
//	post=FAULT, first=FAULT, all=FAULT   at each POST, the first POST of each body, every call
//	mixed=SEED                           realistic faults
//	late=DURATION                        until the list has an office whose fault is late-listing
//	slow=DURATION                        before each answer
//	key=KEY, company=ID,...              the only valid ones
//	has=FILE                             a CSV of offices that exist already
//	page=SIZE                            of the list
//	zone=ZONE                            stored as the time zone of every office
//	echo=yes                             refuses each POST, with the key in the message
func serve(ts *testscript.TestScript, _ bool, options []string) {
	b := serverOf(ts)
	*b = scriptServer{waits: map[int]chan struct{}{}, actions: map[int]func(){}}
	config, echo, err := serverOptions(ts, options)
	ts.Check(err)
	decide := config.Decide
	if decide != nil || config.Faults.Post == nil {
		config.Decide = func(c simulator.Call) simulator.Fault {
			b.meet(c)
			if decide != nil {
				return decide(c)
			}
			return simulator.None
		}
	}
	b.server = simulator.New(config)
	ts.Check(b.server.Listen("127.0.0.1:0"))
	ts.Defer(func() { _ = b.server.Close() })
	address := b.server.URL()
	if echo {
		address = echoing(ts, b.server)
	}
	ts.Setenv("DIALPAD_SERVER", address)
	ts.Setenv("LABEL", strings.NewReplacer("http://", "", ":", "-").Replace(address))
}

func serverOptions(ts *testscript.TestScript, options []string) (config simulator.Config, echo bool, err error) {
	for _, option := range options {
		name, value, _ := strings.Cut(option, "=")
		switch name {
		case "post", "first", "all":
			config.Decide, err = faulty(name, value)
		case "mixed":
			seed, e := strconv.ParseUint(value, 10, 64)
			config, err = simulator.Realistic(seed), e
		case "late":
			config.Faults.Late.By, err = time.ParseDuration(value)
		case "slow":
			config.Latency.After, err = time.ParseDuration(value)
		case "key":
			config.Key = value
		case "company":
			config.Companies = strings.Split(value, ",")
		case "page":
			config.PageSize, err = strconv.Atoi(value)
		case "has":
			config.Offices, err = thereBefore(ts.MkAbs(value))
		case "zone":
			config.Store = func(o *simulator.Office) { o.Timezone = value }
		case "echo":
			echo = true
		default:
			err = fmt.Errorf("server: there is no option %q", option)
		}
		if err != nil {
			return config, echo, err
		}
	}
	return config, echo, nil
}

// faulty returns a function that decides which calls have a fault.
func faulty(which, text string) (func(simulator.Call) simulator.Fault, error) {
	fault, err := simulator.ParseFault(text)
	return func(c simulator.Call) simulator.Fault {
		if which == "all" || c.Method == http.MethodPost && (which == "post" || c.Attempt == 1) {
			return fault
		}
		return simulator.None
	}, err
}

// thereBefore returns the offices in the first two columns of a CSV: name and country.
func thereBefore(path string) ([]simulator.Office, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, err
	}
	var there []simulator.Office
	for _, row := range rows[1:] {
		there = append(there, simulator.Office{Name: row[0], Country: strings.ToLower(row[1])})
	}
	return there, nil
}

// echoing starts a server in front of the simulator. It refuses POSTs with the key in
// its message, as a careless server would.
func echoing(ts *testscript.TestScript, behind http.Handler) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			behind.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		_ = json.NewEncoder(w).Encode(map[string]any{"error": map[string]any{"code": 400, "message": "bad call with " + r.Header.Get("Authorization")}})
	}))
	ts.Defer(s.Close)
	return s.URL
}

// meet counts a POST, and does what the script wants to happen then.
func (b *scriptServer) meet(c simulator.Call) {
	if c.Method != http.MethodPost {
		return
	}
	b.mu.Lock()
	b.posts++
	close(b.at(b.posts))
	action := b.actions[b.posts]
	b.mu.Unlock()
	if action != nil {
		action()
	}
}

// at returns a channel that is closed when the nth POST arrives. The caller holds the lock.
func (b *scriptServer) at(n int) chan struct{} {
	if b.waits[n] == nil {
		b.waits[n] = make(chan struct{})
	}
	return b.waits[n]
}

func await(ts *testscript.TestScript, _ bool, args []string) {
	b := serverOf(ts)
	b.mu.Lock()
	arrived := b.at(number(ts, args[0]))
	b.mu.Unlock()
	select {
	case <-arrived:
	case <-time.After(30 * time.Second):
		ts.Fatalf("POST %s didn't come", args[0])
	}
}

// at makes something happen at the Nth POST from now on.
func at(ts *testscript.TestScript, _ bool, args []string) {
	state, server := ts.Getenv("IMPORTER_STATE_DIR"), ts.Getenv("DIALPAD_SERVER")
	b, held := serverOf(ts), make(chan struct{})
	action := map[string]func(){
		"interrupt": func() { signalRun(ts, state, server, os.Interrupt) },
		"kill":      func() { signalRun(ts, state, server, os.Kill) },
		"hold":      func() { <-held },
		// In the background, as the simulator holds its lock during a call.
		"foreign": func() { go b.server.Add(simulator.Office{Name: "Of another program", Country: "fr"}) },
		"removal": func() { go func() { b.server.Remove(b.server.Truth().Created[0].ID) }() },
	}[args[1]]
	if action == nil {
		ts.Fatalf("at: nothing is called %q", args[1])
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.held, b.actions[b.posts+number(ts, args[0])] = held, action
}

// release lets the held POST go on.
func release(ts *testscript.TestScript, _ bool, _ []string) { close(serverOf(ts).held) }

// signalRun sends a signal to the run that holds the lock of a server.
func signalRun(ts *testscript.TestScript, state, server string, signal os.Signal) {
	files, _ := filepath.Glob(filepath.Join(state, "*.json")) // the pattern is not malformed
	for _, file := range files {
		var holder lock.Info
		text, err := os.ReadFile(file)
		if err == nil {
			err = json.Unmarshal(text, &holder)
		}
		if err != nil || holder.Server != server {
			continue
		}
		if process, err := os.FindProcess(holder.PID); err == nil && process.Signal(signal) == nil {
			return
		}
	}
	ts.Logf("no run against %s could be signalled", server) // the script notices
}

// truth checks a number in the simulator's records.
func truth(ts *testscript.TestScript, _ bool, args []string) {
	t := serverOf(ts).server.Truth()
	posts := 0
	for answer, n := range t.Calls {
		if answer.Method == http.MethodPost {
			posts += n
		}
	}
	have, known := map[string]int{"created": len(t.Created), "twice": len(t.Verdict().More), "calls": len(t.Arrivals), "posts": posts,
		"rejected": len(t.Rejected), "redirected": t.Redirected, "wrong-keys": t.WrongKeys}[args[0]]
	if !known {
		ts.Fatalf("truth: the records have no %q", args[0])
	}
	if want := number(ts, args[1]); have != want {
		ts.Fatalf("truth: %s is %d, want %d", args[0], have, want)
	}
}

func number(ts *testscript.TestScript, text string) int {
	n, err := strconv.Atoi(text)
	ts.Check(err)
	return n
}
