package office

import (
	"crypto/sha256"
	"encoding/json"
	"strings"
	"testing"
)

func TestBody(t *testing.T) {
	o := Office{Name: "A & B <C>", Country: "US", Invoiced: ptr(false), MondayHours: Closed(), TuesdayHours: Hours{"08:00", "18:00"}}
	o.RoutingOptions.Open.ActionTargetID = ptr(int64(6012345678901234567))
	body, err := Body(&o)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"name":"A & B <C>","country":"US","invoiced":false,"monday_hours":[],"tuesday_hours":["08:00","18:00"],` +
		`"routing_options":{"open":{"action_target_id":6012345678901234567}}}`
	if string(body) != want {
		t.Errorf("got  %s\nwant %s", body, want)
	}
}

// TestClosedDayIsSent makes sure that an empty list is sent: without it the server would open the office from 08:00
// to 18:00.
func TestClosedDayIsSent(t *testing.T) {
	for name, tt := range map[string]struct {
		hours Hours
		want  string
	}{
		"closed": {Closed(), `{"sunday_hours":[]}`},
		"absent": {nil, `{}`},
	} {
		body, err := Body(&Office{SundayHours: tt.hours})
		if err != nil || string(body) != tt.want {
			t.Errorf("%s: got %s, %v", name, body, err)
		}
	}
}

func TestSeal(t *testing.T) {
	seal := func(change func(*Office)) *Request {
		r := &Request{Office: *complete()}
		change(&r.Office)
		if err := r.Seal(); err != nil {
			t.Fatal(err)
		}
		return r
	}
	a := seal(func(o *Office) {})
	if a.Digest != sha256.Sum256(a.Body) || !json.Valid(a.Body) || !a.Valid() {
		t.Errorf("got %+v", a)
	}
	tests := map[string]struct {
		change               func(*Office)
		sameDigest, sameRest bool
	}{
		"nothing": {func(o *Office) {}, true, true},
		"name":    {func(o *Office) { o.Name = `"},{\ "quoted"` }, false, true},
		"country": {func(o *Office) { o.Country = "CA" }, false, true},
		"city":    {func(o *Office) { o.BillingAddress.City = "Quincy" }, false, false},
		"last":    {func(o *Office) { o.RoutingOptions = routing() }, false, false},
	}
	for name, tt := range tests {
		b := seal(tt.change)
		if (a.Digest == b.Digest) != tt.sameDigest || (a.Rest() == b.Rest()) != tt.sameRest {
			t.Errorf("%s: digest the same %t, rest the same %t", name, a.Digest == b.Digest, a.Rest() == b.Rest())
		}
	}
}

func TestDigestText(t *testing.T) {
	d := Digest(sha256.Sum256([]byte("x")))
	text, err := d.MarshalText()
	if err != nil || len(text) != 64 || strings.ToLower(string(text)) != string(text) {
		t.Fatalf("got %s, %v", text, err)
	}
	var again Digest
	if err := again.UnmarshalText(text); err != nil || again != d {
		t.Errorf("got %x, %v", again, err)
	}
	for _, bad := range []string{"", "xyz", string(text[:62]), strings.Repeat("z", 64)} {
		if err := again.UnmarshalText([]byte(bad)); err == nil {
			t.Errorf("%q is no digest", bad)
		}
	}
}
