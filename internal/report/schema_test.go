package report

import (
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"officeimporter/internal/report/reporttest"
)

func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	s, err := compiler.Compile("../../docs/report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validate(t *testing.T, s *jsonschema.Schema, line string) error {
	t.Helper()
	object, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(object)
}

func TestJSONLinesAreAsTheSchemaSays(t *testing.T) {
	s := schema(t)
	for line := range strings.Lines(writeReport(t, filepath.Join(t.TempDir(), "r.jsonl"), reporttest.Results(t))) {
		if err := validate(t, s, line); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
}

// The schema rejects lines that differ from what we write.
func TestSchemaRefusesOtherLines(t *testing.T) {
	s := schema(t)
	good := `{"version":1,"row":2,"status":"ready","name":"A","country":"US","problems":[],"warnings":[],"readings":[],"attempts":0,"key":"a/US"}`
	if err := validate(t, s, good); err != nil {
		t.Fatal(err)
	}
	for _, edit := range [][2]string{
		{`"version":1`, `"version":2`}, {`"row":2`, `"row":"2"`}, {`"ready"`, `"done"`}, {`"problems":[]`, `"problems":null`},
		{`"attempts":0,`, ``}, {`"key"`, `"office_id":17,"key"`}, {`"key"`, `"sent_at":"yesterday Z","key"`},
		{`"problems":[]`, `"problems":[{"message":"x"}]`}, {`"key"`, `"more":1,"key"`},
	} {
		if validate(t, s, strings.Replace(good, edit[0], edit[1], 1)) == nil {
			t.Errorf("%s in place of %s is taken", edit[1], edit[0])
		}
	}
}

// The schema describes every member that we may write.
func TestSchemaHasEveryMember(t *testing.T) {
	described := schema(t).Properties
	written := reflect.TypeFor[jsonRow]()
	for i := range written.NumField() {
		name, _, _ := strings.Cut(written.Field(i).Tag.Get("json"), ",")
		if described[name] == nil {
			t.Errorf("%s is not described", name)
		}
	}
	if len(described) != written.NumField() {
		t.Errorf("%d members are described, %d are written", len(described), written.NumField())
	}
}
