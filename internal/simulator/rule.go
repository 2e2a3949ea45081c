package simulator

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// kind is a JSON type. Numbers are whole numbers.
type kind string

const (
	text    kind = "string"
	boolean kind = "boolean"
	integer kind = "integer"
	list    kind = "array"
	object  kind = "object"
)

type rule struct {
	kind     kind
	required bool
	oneLine  bool
	values   []string         // valid texts; nil: any
	longest  int              // the most characters in a text; 0: no limit
	min, max int64            // for an integer; both 0: any int64
	items    *rule            // for each item of a list
	members  map[string]*rule // for the members of an object, which may have no others
	also     func(any) string // returns what else is wrong with a value that passes the other checks, or ""
}

// check collects what is wrong with a body, each with a dotted name.
type check struct{ reasons []string }

func (c *check) refuse(name, format string, args ...any) {
	c.reasons = append(c.reasons, name+": "+fmt.Sprintf(format, args...))
}

func (c *check) value(name string, r *rule, v any) {
	if got := kindOf(v); got != r.kind {
		c.refuse(name, "is %s, not %s", got, r.kind)
		return
	}
	before := len(c.reasons)
	switch v := v.(type) {
	case string:
		c.text(name, r, v)
	case json.Number:
		c.integer(name, r, v)
	case []any:
		c.list(name, r, v)
	case map[string]any:
		c.object(name, r, v)
	}
	if r.also != nil && len(c.reasons) == before {
		if wrong := r.also(v); wrong != "" {
			c.refuse(name, "%s", wrong)
		}
	}
}

// kindOf returns the kind of a decoded value; for null, none that a rule has.
func kindOf(v any) kind {
	switch v.(type) {
	case string:
		return text
	case bool:
		return boolean
	case json.Number:
		return integer
	case []any:
		return list
	case map[string]any:
		return object
	}
	return "null"
}

func (c *check) text(name string, r *rule, v string) {
	if r.required && strings.TrimSpace(v) == "" {
		c.refuse(name, "is empty")
	}
	if r.oneLine && strings.ContainsAny(v, "\r\n\t\u2028\u2029") {
		c.refuse(name, "has more than one line")
	}
	if r.values != nil && !slices.Contains(r.values, v) {
		c.refuse(name, "%q is not a valid value", v)
	}
	if n := utf8.RuneCountInString(v); r.longest > 0 && n > r.longest {
		c.refuse(name, "has %d characters, at most %d are allowed", n, r.longest)
	}
}

func (c *check) integer(name string, r *rule, v json.Number) {
	n, err := strconv.ParseInt(v.String(), 10, 64)
	if err != nil {
		c.refuse(name, "%s is not an int64", v)
		return
	}
	if r.max > 0 && (n < r.min || n > r.max) {
		c.refuse(name, "%d is not from %d to %d", n, r.min, r.max)
	}
}

func (c *check) list(name string, r *rule, v []any) {
	for i, item := range v {
		c.value(fmt.Sprintf("%s[%d]", name, i), r.items, item)
	}
}

func (c *check) object(name string, r *rule, v map[string]any) {
	for _, key := range slices.Sorted(maps.Keys(v)) {
		if r.members[key] == nil {
			c.refuse(join(name, key), "is not known")
		}
	}
	for _, key := range slices.Sorted(maps.Keys(r.members)) {
		c.member(join(name, key), r.members[key], v[key])
	}
}

// member treats null as absent.
func (c *check) member(name string, r *rule, v any) {
	switch {
	case v != nil:
		c.value(name, r, v)
	case r.required:
		c.refuse(name, "is missing")
	}
}

func join(name, key string) string { return strings.TrimPrefix(name+"."+key, ".") }
