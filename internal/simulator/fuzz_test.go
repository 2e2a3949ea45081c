package simulator

import (
	"encoding/json"
	"reflect"
	"testing"
)

func FuzzCheckBody(f *testing.F) {
	f.Add([]byte(full().json()))
	f.Add([]byte(minimal("Köln", "DE").json()))
	f.Add([]byte(`{"monday_hours": [1, null, {"a": []}], "routing_options": {"open": {"dtmf": [null, {"input": 1}]}}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		got, reasons := checkBody(body)
		if reasons != nil {
			return
		}
		var want map[string]any
		if err := json.Unmarshal(body, &want); err != nil {
			t.Fatalf("taken, but no JSON: %v", err)
		}
		o := members(got).office()
		if o.Name != want["name"] || len(o.Country) != 2 {
			t.Errorf("office %+v of %s", o, body)
		}
		if again, err := json.Marshal(shown{o, "1"}); err != nil || !json.Valid(again) {
			t.Errorf("can't be shown: %v", err)
		}
	})
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{"{}", `{"a":[1,2.5e3,null,true,"\ud800"]}`, `{"a":1,}`, `{1:2}`, `[`, `{"a":{"a":{}}} `} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := decode(body)
		if err != nil {
			return
		}
		var want map[string]json.RawMessage
		if err := json.Unmarshal(body, &want); err != nil || len(want) != len(got) {
			t.Fatalf("read %v from %q, encoding/json %v, %v", got, body, want, err)
		}
		written, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := decode(written); err != nil || !reflect.DeepEqual(got, again) {
			t.Errorf("%q written as %q is read as %v, %v", body, written, again, err)
		}
	})
}
