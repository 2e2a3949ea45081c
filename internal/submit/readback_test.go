package submit

import (
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"officeimporter/internal/office"
	"officeimporter/internal/simulator"
)

func TestDifferences(t *testing.T) {
	type list = []office.Difference
	for name, test := range map[string]struct {
		sent, stored string
		want         list
	}{
		"the same":               {`{"name":"A","timezone":"Europe/Rome"}`, `{"name":"A","timezone":"Europe/Rome"}`, nil},
		"case":                   {`{"e911_address":{"address":"1 Elm St","state":"MA"}}`, `{"e911_address":{"address":"1 ELM ST","state":"ma"}}`, nil},
		"width and spaces":       {`{"name":"Ｈarbor  One"}`, `{"name":"Harbor One"}`, nil},
		"not told":               {`{"currency":"USD","hours_on":true,"timezone":"Europe/Rome"}`, `{"id":"1"}`, nil},
		"null":                   {`{"timezone":"Europe/Rome"}`, `{"timezone":null}`, nil},
		"not sent":               {`{"name":"A"}`, `{"name":"A","timezone":"Europe/Rome"}`, nil},
		"zone":                   {`{"timezone":"Europe/Rome"}`, `{"timezone":"UTC"}`, list{{Field: "timezone", Sent: `"Europe/Rome"`, Stored: `"UTC"`}}},
		"number as text":         {`{"ring_seconds":20}`, `{"ring_seconds":"20"}`, nil},
		"number":                 {`{"ring_seconds":20}`, `{"ring_seconds":"30"}`, list{{Field: "ring_seconds", Sent: "20", Stored: `"30"`}}},
		"id of 16 digits":        {`{"routing_options":{"open":{"action_target_id":5068549373853697}}}`, `{"routing_options":{"open":{"action_target_id":"5068549373853696"}}}`, list{{Field: "routing_options.open.action_target_id", Sent: "5068549373853697", Stored: `"5068549373853696"`}}},
		"hours":                  {`{"monday_hours":["08:00","12:00"]}`, `{"monday_hours":["08:00","18:00"]}`, list{{Field: "monday_hours", Sent: "08:00-12:00", Stored: "08:00-18:00"}}},
		"closed is left out":     {`{"monday_hours":[],"friday_hours":["08:00","12:00"]}`, `{"friday_hours":["08:00","12:00"]}`, nil},
		"hours lost":             {`{"monday_hours":["08:00","12:00"],"friday_hours":["08:00","12:00"]}`, `{"friday_hours":["08:00","12:00"]}`, list{{Field: "monday_hours", Sent: "08:00-12:00", Stored: "closed"}}},
		"closed became open":     {`{"monday_hours":[]}`, `{"monday_hours":["08:00","18:00"]}`, list{{Field: "monday_hours", Sent: "closed", Stored: "08:00-18:00"}}},
		"no hours told at all":   {`{"monday_hours":["08:00","12:00"]}`, `{"name":"A"}`, nil},
		"true and false":         {`{"routing_options":{"open":{"try_dial_operators":true}}}`, `{"routing_options":{"open":{"try_dial_operators":false}}}`, list{{Field: "routing_options.open.try_dial_operators", Sent: "true", Stored: "false"}}},
		"menu in another order":  {`{"routing_options":{"open":{"dtmf":[{"input":"1","options":{"action":"voicemail"}},{"input":"2","options":{"action":"department","action_target_id":7}}]}}}`, `{"routing_options":{"open":{"dtmf":[{"input":"2","options":{"action_target_id":"7","action":"department"}},{"options":{"action":"voicemail","action_target_id":null},"input":"1"}]}}}`, nil},
		"menu":                   {`{"routing_options":{"open":{"dtmf":[{"input":"1","options":{"action":"voicemail"}}]}}}`, `{"routing_options":{"open":{"dtmf":[]}}}`, list{{Field: "routing_options.open.dtmf", Sent: `[{"input":"1","options":{"action":"voicemail"}}]`, Stored: "[]"}}},
		"an answer without JSON": {`{"name":"A"}`, `<html>`, nil},
	} {
		if diff := cmp.Diff(test.want, differences([]byte(test.sent), []byte(test.stored))); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", name, diff)
		}
	}
}

// What the server made of an office is recorded in the journal and becomes a warning for the row,
// whether the answer showed it or the list.
func TestReadBack(t *testing.T) {
	for _, fault := range []simulator.Fault{simulator.None, simulator.Status500After} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t, simulator.Config{Decide: first(fault), Store: func(o *simulator.Office) {
				o.Name, o.Timezone = strings.ToUpper(o.Name), "UTC"
			}})
			f := table{row(t, 2, "Harbor", func(o *office.Office) { o.Timezone = "America/New_York" })}
			w.mustRun(f)
			w.wantOnce(f)
			judge, err := NewJudge(w.journal, f, JudgeOptions{})
			if err != nil {
				t.Fatal(err)
			}
			result, err := judge.Judge(f[0])
			if err != nil || len(result.Request.Warnings) != 1 {
				t.Fatalf("after %v: warnings %v, %v", fault, result.Request.Warnings, err)
			}
			if got := result.Request.Warnings[0].String(); !strings.Contains(got, `timezone: is stored as "UTC" where "America/New_York" was sent`) {
				t.Errorf("after %v: %s", fault, got)
			}
		})
	}
}
