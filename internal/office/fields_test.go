package office

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// sample returns a value of each kind that differs from the zero value.
func sample(k Kind) any {
	switch k {
	case Bool:
		return false
	case Integer, ID:
		return int64(0)
	case DayHours:
		return Closed()
	case Menu:
		return []DTMF{}
	}
	return "x"
}

// TestFieldsSetAndGet also finds two fields that share one place in Office.
func TestFieldsSetAndGet(t *testing.T) {
	var all Office
	for i := range Fields {
		f := &Fields[i]
		var o Office
		if f.Has(&o) || f.Get(&o) != nil {
			t.Errorf("%s: an empty office has it", f.Name)
		}
		f.Set(&o, sample(f.Kind))
		if !f.Has(&o) || !reflect.DeepEqual(f.Get(&o), sample(f.Kind)) {
			t.Errorf("%s: got %v", f.Name, f.Get(&o))
		}
		for j := range Fields {
			if i != j && Fields[j].Has(&o) {
				t.Errorf("%s and %s live in one place", f.Name, Fields[j].Name)
			}
		}
		f.Set(&all, sample(f.Kind))
	}
	body, err := Body(&all)
	if err != nil {
		t.Fatal(err)
	}
	checkNames(t, body)
}

func checkNames(t *testing.T, body []byte) {
	t.Helper()
	var tree map[string]any
	if err := json.Unmarshal(body, &tree); err != nil {
		t.Fatal(err)
	}
	sent := leaves("", tree)
	for i := range Fields {
		if !slices.Contains(sent, Fields[i].Name) {
			t.Errorf("%s is not sent under its name", Fields[i].Name)
		}
	}
	if len(sent) != len(Fields) {
		t.Errorf("%d names are sent, there are %d fields", len(sent), len(Fields))
	}
}

func leaves(prefix string, tree map[string]any) []string {
	var names []string
	for name, value := range tree {
		if below, ok := value.(map[string]any); ok {
			names = append(names, leaves(prefix+name+".", below)...)
			continue
		}
		names = append(names, prefix+name)
	}
	return names
}

func TestFieldSetPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a text was taken for a boolean")
		}
	}()
	FieldByName("hours_on").Set(&Office{}, "yes")
}

func TestFieldsAreDescribed(t *testing.T) {
	for i := range Fields {
		f := &Fields[i]
		if f.Label == "" || f.Help == "" || f.Example == "" || f.Kind.String() == "" {
			t.Errorf("%s is not described: %+v", f.Name, f)
		}
		if f.Kind == Enum && len(f.Values) == 0 {
			t.Errorf("%s has no values", f.Name)
		}
		if f.Fallback != "" && FieldByName(f.Fallback) == nil {
			t.Errorf("%s falls back on %q", f.Name, f.Fallback)
		}
		if FieldByName(f.Name) != f {
			t.Errorf("%s is there twice", f.Name)
		}
	}
	if FieldByName("nme") != nil {
		t.Error("there is a field nme")
	}
}

func TestSection(t *testing.T) {
	for name, want := range map[string]string{"name": "", "billing_address.city": "billing_address", "routing_options.open.action": "routing_options.open"} {
		if got := FieldByName(name).Section(); got != want {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

func TestDPIsNotOffered(t *testing.T) {
	if slices.Contains(Countries, "DP") {
		t.Error("DP is undocumented")
	}
	if len(Countries) != 83 || !slices.IsSorted(Countries) || len(slices.Compact(slices.Clone(Countries))) != 83 {
		t.Errorf("%d countries: %v", len(Countries), Countries)
	}
}

// schema is the part of the published document that these tests need.
type schema struct {
	Ref        string             `json:"$ref"`
	Required   []string           `json:"required"`
	Properties map[string]*schema `json:"properties"`
	Enum       []string           `json:"enum"`
	Type       string             `json:"type"`
	Items      *schema            `json:"items"`
}

type document struct {
	Components struct {
		Schemas map[string]*schema `json:"schemas"`
	} `json:"components"`
}

func published(t *testing.T) document {
	t.Helper()
	data, err := os.ReadFile("../../../shared/api/dialpad-offices.openapi.json")
	if err != nil {
		t.Skip("the published document is not at hand: ", err)
	}
	var d document
	if err := json.Unmarshal(data, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// TestFieldsAreThePublishedOnes compares the table with the document: names, types, valid values, and what is
// required.
func TestFieldsAreThePublishedOnes(t *testing.T) {
	d := published(t)
	found := 0
	d.walk(t, "", d.Components.Schemas["schemas.office.CreateOfficeMessage"], true, func(name string, s *schema, required bool) {
		found++
		f := FieldByName(name)
		if f == nil {
			t.Errorf("%s is not in the table", name)
			return
		}
		if f.Required != required {
			t.Errorf("%s: required is %t, the document says %t", name, f.Required, required)
		}
		compareType(t, f, s)
	})
	if found != len(Fields) {
		t.Errorf("the document has %d fields, the table %d", found, len(Fields))
	}
}

func (d document) walk(t *testing.T, prefix string, s *schema, required bool, visit func(string, *schema, bool)) {
	t.Helper()
	for name, p := range s.Properties {
		needed := required && slices.Contains(s.Required, name)
		if p.Ref != "" {
			d.walk(t, prefix+name+".", d.Components.Schemas[strings.TrimPrefix(p.Ref, "#/components/schemas/")], needed, visit)
			continue
		}
		visit(prefix+name, p, needed)
	}
}

func compareType(t *testing.T, f *Field, s *schema) {
	t.Helper()
	want := "string"
	switch f.Kind {
	case Bool:
		want = "boolean"
	case Integer, ID:
		want = "integer"
	case DayHours, Menu:
		want = "array"
	}
	if s.Type != want {
		t.Errorf("%s: the document says %s, the table %s", f.Name, s.Type, f.Kind)
	}
	if f.Kind != Enum && f.Name != "country" {
		return
	}
	values := slices.DeleteFunc(slices.Clone(s.Enum), func(v string) bool { return v == "DP" && f.Kind == Country })
	slices.Sort(values)
	if !slices.Equal(values, slices.Sorted(slices.Values(f.Values))) {
		t.Errorf("%s: the document has %v, the table %v", f.Name, values, f.Values)
	}
}
