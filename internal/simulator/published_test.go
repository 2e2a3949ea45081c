package simulator

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// schema is the part of a published schema that the rules follow.
type schema struct {
	Ref         string             `json:"$ref"`
	Type        kind               `json:"type"`
	Description string             `json:"description"`
	Enum        []string           `json:"enum"`
	Required    []string           `json:"required"`
	Properties  map[string]*schema `json:"properties"`
	Items       *schema            `json:"items"`
}

type published map[string]*schema

// TestRulesFollowThePublishedDocument needs the document, which isn't part of the project.
func TestRulesFollowThePublishedDocument(t *testing.T) {
	raw, err := os.ReadFile("../../../shared/api/dialpad-offices.openapi.json")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the published document is not at hand")
	}
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Components struct{ Schemas published }
	}
	if err := json.Unmarshal(raw, &document); err != nil {
		t.Fatal(err)
	}
	schemas := document.Components.Schemas
	schemas.compare(t, "", &newOffice, schemas["schemas.office.CreateOfficeMessage"])
}

func (p published) compare(t *testing.T, name string, r *rule, s *schema) {
	t.Helper()
	if r == nil || s == nil {
		t.Errorf("%s: a rule: %t, published: %t", name, r != nil, s != nil)
		return
	}
	if single := strings.Contains(s.Description, "[single-line only]"); single != r.oneLine {
		t.Errorf("%s: one line: %t, published: %t", name, r.oneLine, single)
	}
	if s.Ref != "" {
		s = p[strings.TrimPrefix(s.Ref, "#/components/schemas/")]
	}
	if s.Type != "" && s.Type != r.kind {
		t.Errorf("%s: is %s, published: %s", name, r.kind, s.Type)
	}
	if s.Enum != nil && !slices.Equal(slices.Sorted(slices.Values(r.values)), s.Enum) {
		t.Errorf("%s: valid values %q, published: %q", name, r.values, s.Enum)
	}
	if s.Items != nil {
		p.compare(t, name+"[]", r.items, s.Items)
	}
	p.members(t, name, r, s)
}

func (p published) members(t *testing.T, name string, r *rule, s *schema) {
	t.Helper()
	var required []string
	for key, member := range r.members {
		if member.required {
			required = append(required, key)
		}
	}
	slices.Sort(required)
	if !slices.Equal(required, s.Required) {
		t.Errorf("%s: required %q, published: %q", name, required, s.Required)
	}
	keys := maps.Clone(s.Properties)
	for key := range r.members {
		keys[key] = s.Properties[key]
	}
	for key, property := range keys {
		p.compare(t, join(name, key), r.members[key], property)
	}
}
