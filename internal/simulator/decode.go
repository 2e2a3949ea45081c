package simulator

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// deepest limits how deeply objects and lists may be nested. A valid body needs seven levels.
const deepest = 32

// decode reads one JSON object and is stricter than encoding/json: it refuses duplicate keys, anything after the
// object, and text that isn't UTF-8. Numbers stay as they are written.
func decode(body []byte) (map[string]any, error) {
	if !utf8.Valid(body) {
		return nil, errors.New("is not UTF-8")
	}
	d := decoder{json.NewDecoder(bytes.NewReader(body))}
	d.UseNumber()
	v, err := d.value(0)
	if err == io.EOF {
		return nil, io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("goes on after its end")
	}
	members, ok := v.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("is %s, not object", kindOf(v))
	}
	return members, nil
}

type decoder struct{ *json.Decoder }

func (d decoder) value(depth int) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	if depth > deepest {
		return nil, errors.New("is nested too deeply")
	}
	switch token {
	case json.Delim('{'):
		return d.object(depth + 1)
	case json.Delim('['):
		return d.list(depth + 1)
	}
	return token, nil
}

func (d decoder) object(depth int) (any, error) {
	members := map[string]any{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		name := key.(string) // Token accepts nothing else here
		if _, twice := members[name]; twice {
			return nil, fmt.Errorf("has %q twice", name)
		}
		if members[name], err = d.value(depth); err != nil {
			return nil, err
		}
	}
	_, err := d.Token() // the closing brace
	return members, err
}

func (d decoder) list(depth int) (any, error) {
	items := []any{}
	for d.More() {
		item, err := d.value(depth)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	_, err := d.Token() // the closing bracket
	return items, err
}
