package simulator

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestCreatedOfficeAsTheAPIShowsIt(t *testing.T) {
	s, c := listen(t, Config{Key: "secret"})
	body := minimal("Urbana", "US").with("ring_seconds", 20).with("tuesday_hours", []string{}).
		with("timezone", "US/Central").with("mainline_number", "+12175550100").
		with("routing_options", fields{
			"open":   fields{"action": "department", "action_target_type": "department", "action_target_id": 5068549373853697, "try_dial_operators": true},
			"closed": fields{"action": "voicemail", "try_dial_operators": false, "dtmf": nil},
		})
	a := c.post(body.json())
	if a.status != 200 || a.header.Get("X-Request-Id") != "sim-000001" {
		t.Fatalf("status %d, header %v, %v: %s", a.status, a.header, a.err, a.body)
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(a.body), &got); err != nil {
		t.Fatal(err)
	}
	day := []any{"08:00", "18:00"}
	want := map[string]any{
		"id": "5068549373853697", "office_id": "5068549373853697", "name": "Urbana", "country": "us", "state": "active",
		"timezone": "US/Central", "ring_seconds": "20", "phone_numbers": []any{"+12175550100"},
		"monday_hours": day, "wednesday_hours": day, "thursday_hours": day, "friday_hours": day,
		"e911_address": map[string]any{"address": "1205 1/2 W NEVADA ST", "city": "Urbana", "state": "il", "zip": "61801", "country": "us"},
		"routing_options": map[string]any{
			"open":   map[string]any{"action": "department", "action_target_type": "department", "action_target_id": "5068549373853697", "try_dial_operators": true},
			"closed": map[string]any{"action": "voicemail", "try_dial_operators": false},
		},
	}
	if diff := cmp.Diff(want, got["office"]); diff != "" {
		t.Errorf("office (-want +got):\n%s", diff)
	}
	if _, ok := got["plan"].(map[string]any); !ok || len(got) != 2 {
		t.Errorf("answer has %v, want office and plan", got)
	}
	var again map[string]any
	if err := json.Unmarshal([]byte(c.get("/api/v2/offices/5068549373853697").body), &again); err != nil || !reflect.DeepEqual(again, got["office"]) {
		t.Errorf("got by its id: %v, %v", again, err)
	}
	if n := s.Truth().Times("Urbana", "US"); n != 1 {
		t.Errorf("created %d times", n)
	}
}

func TestErrorsNameNoField(t *testing.T) {
	shape := `{"error":{"code":%d,"message":%q,"errors":[{"domain":"global","message":%[2]q,"reason":%[3]q}]}}`
	keyWanted := fmt.Sprintf(shape, 401, "A valid API key must be provided.", "required")
	tests := []struct {
		name, method, path, body string
		header                   []string
		status                   int
		want                     string
	}{
		{"wrong key", "GET", "/api/v2/offices", "", []string{"Authorization", "Bearer other"}, 401, keyWanted},
		{"no key", "GET", "/api/v2/offices", "", []string{"Authorization", ""}, 401, keyWanted},
		{"key without bearer", "GET", "/api/v2/offices", "", []string{"Authorization", "secret"}, 401, keyWanted},
		{"key in the URL", "GET", "/api/v2/offices?apikey=secret", "", nil, 401, keyWanted},
		{"other company", "GET", "/api/v2/offices", "", []string{"DP-Company-ID", "8"}, 403, fmt.Sprintf(shape, 403, "forbidden", "forbidden")},
		{"unknown office", "GET", "/api/v2/offices/1", "", nil, 404, fmt.Sprintf(shape, 404, "not_found", "notFound")},
		{"unknown path", "GET", "/api/v2/rooms", "", nil, 404, fmt.Sprintf(shape, 404, "not_found", "notFound")},
		{"no such call", "DELETE", "/api/v2/offices/5068549373853696", "", nil, 405, fmt.Sprintf(shape, 405, "method_not_allowed", "methodNotAllowed")},
		{"bad cursor", "GET", "/api/v2/offices?cursor=2", "", nil, 400, fmt.Sprintf(shape, 400, "bad_request", "badRequest")},
		{"bad active_only", "GET", "/api/v2/offices?active_only=perhaps", "", nil, 400, fmt.Sprintf(shape, 400, "bad_request", "badRequest")},
		{"bad body", "POST", "/api/v2/offices", `{"name": "x"}`, nil, 400, fmt.Sprintf(shape, 400, "bad_request", "badRequest")},
		{"no JSON said", "POST", "/api/v2/offices", minimal("x", "DE").json(), []string{"Content-Type", "text/plain"}, 400, fmt.Sprintf(shape, 400, "bad_request", "badRequest")},
		{"endless body", "POST", "/api/v2/offices", strings.Repeat(" ", mostBody+1), nil, 413, fmt.Sprintf(shape, 413, "request_entity_too_large", "requestEntityTooLarge")},
	}
	s, c := listen(t, Config{Key: "secret", Companies: []string{"7"}})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a := c.do(t.Context(), test.method, test.path, test.body, append([]string{"DP-Company-ID", "7"}, test.header...)...)
			if a.status != test.status || a.body != test.want || a.header.Get("Content-Type") != "application/json" {
				t.Errorf("got %d %v %s (%v), want %d %s", a.status, a.header, a.body, a.err, test.status, test.want)
			}
		})
	}
	truth := s.Truth()
	if truth.WrongKeys != 4 || truth.KeysInURL != 1 || len(truth.Created) != 0 || len(truth.Rejected) != 2 || truth.Companies()["8"] != 1 {
		t.Errorf("truth: %+v", truth)
	}
	if reasons := truth.Rejected[0].Reasons; !slices.Contains(reasons, "billing_address: is missing") {
		t.Errorf("reasons: %q", reasons)
	}
}

func TestListAndCompany(t *testing.T) {
	s, c := listen(t, Config{PageSize: 2, Offices: []Office{{Name: "Köln", Country: "DE"}, {Name: "Paris", Country: "fr", State: "cancelled"}}})
	c.post(minimal("Bonn", "DE").json())
	added := s.Add(Office{Name: "Rome", Country: "it"})
	first := decodePage(t, c.get("/api/v2/offices"))
	if len(first.Items) != 2 || first.Cursor == "" || first.Items[0].ID != first.Items[0].OfficeID {
		t.Errorf("first page: %+v", first)
	}
	check := func(query string, want ...string) {
		t.Helper()
		if diff := cmp.Diff(want, c.names(query)); diff != "" {
			t.Errorf("list?%s (-want +got):\n%s", query, diff)
		}
	}
	check("", "Headquarters", "Köln", "Paris", "Bonn", "Rome")
	check("active_only=true", "Headquarters", "Köln", "Bonn", "Rome")
	if got := c.get("/api/v2/company").body; !strings.Contains(got, `"office_count":"5"`) {
		t.Errorf("company: %s", got)
	}
	if !s.Rename(added, "Roma") || !s.SetState(first.Items[1].ID, "deleted") || s.Rename("1", "x") || s.SetState("1", "x") || s.Remove("1") {
		t.Error("an office that is there was not found, or one was that isn't")
	}
	check("active_only=true", "Headquarters", "Bonn", "Roma")
	if !s.Remove(added) {
		t.Error("office not removed")
	}
	check("", "Headquarters", "Köln", "Paris", "Bonn")
}

func TestShiftedListSkipsOneOfficeOnce(t *testing.T) {
	s, c := listen(t, Config{PageSize: 2, Offices: []Office{{Name: "A", Primary: true}, {Name: "B"}, {Name: "C"}, {Name: "D"}, {Name: "E"}}})
	s.ShiftList()
	if got := strings.Join(c.names(""), ""); got != "ABDE" {
		t.Errorf("shifted list has %s, want ABDE", got)
	}
	if got := strings.Join(c.names(""), ""); got != "ABCDE" {
		t.Errorf("next list has %s, want ABCDE", got)
	}
}

func TestStoresWhatItMakesOfAnOffice(t *testing.T) {
	s, c := listen(t, Config{Store: func(o *Office) { o.Name = strings.TrimSpace(o.Name) }})
	c.post(minimal(" Bonn ", "DE").json())
	if got := c.names(""); !slices.Contains(got, "Bonn") {
		t.Errorf("list: %q", got)
	}
	if s.Truth().Times(" Bonn ", "DE") != 1 {
		t.Error("truth doesn't have the name as it was sent")
	}
}

func TestLatency(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := inPipes(t, Config{Latency: Latency{Before: 2 * time.Second, After: time.Second}})
		begin := time.Now()
		a := c.post(minimal("Bonn", "DE").json())
		if took := time.Since(begin); a.status != 200 || took != 3*time.Second {
			t.Errorf("status %d after %v", a.status, took)
		}
		if at := s.Truth().Created[0].At; at != begin.Add(2*time.Second) {
			t.Errorf("arrived %v after it was sent", at.Sub(begin))
		}
		_ = s.Close()
	})
}

func TestCloseStopsCallsOnTheirWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := inPipes(t, Config{Latency: Latency{Before: time.Hour}})
		got := make(chan answer)
		go func() { got <- c.post(minimal("Bonn", "DE").json()) }()
		time.Sleep(time.Minute)
		_ = s.Close()
		if a := <-got; a.err == nil {
			t.Errorf("answered %d by a closed server", a.status)
		}
		if truth := s.Truth(); len(truth.Created) != 0 || len(truth.Arrivals) != 0 {
			t.Errorf("truth: %+v", truth)
		}
		if a := c.get("/api/v2/company"); a.err == nil {
			t.Error("a closed server answers")
		}
	})
}

func TestVerdict(t *testing.T) {
	s, c := listen(t, Config{Offices: []Office{{Name: "Old"}}})
	once, twice := minimal("Once", "DE").json(), minimal("Twice", "DE").json()
	for _, body := range []string{once, twice, twice, "{}", minimal("Once", "DE").with("currency", "USD").json()} {
		c.post(body)
	}
	v := s.Truth().Verdict()
	if v.Once != 2 || len(v.More) != 1 || v.More[0].Name != "Twice" || v.More[0].Call != 3 || v.Rejected != 1 || v.Calls != 5 {
		t.Errorf("verdict: %+v", v)
	}
	if n := s.Truth().Times("Once", "DE"); n != 2 {
		t.Errorf("two offices of one name and country counted as %d", n)
	}
}
