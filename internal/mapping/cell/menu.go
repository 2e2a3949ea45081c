package cell

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"officeimporter/internal/locale"
	"officeimporter/internal/mapping/hours"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

// menuExample is the suggestion for a menu that can't be read.
const menuExample = "write keys as 1=voicemail; 2=department department:5068549373853696"

// readMenu reads the keys of a phone menu: "1=voicemail; 2=department department:5068549373853696", or a JSON list as
// in the API.
func readMenu(e *Entry) (any, string) {
	text, _, ok := e.Line()
	if !ok || text == "" {
		return nil, ""
	}
	var menu []office.DTMF
	var p *office.Problem
	if plain := hours.Plain(text); strings.HasPrefix(plain, "[") {
		menu, p = menuOfJSON(plain)
	} else {
		menu, p = menuOfText(text)
	}
	if p != nil {
		return e.Refuse(p)
	}
	return menu, RuleIf(menuText(menu) != e.Cell.Raw, ruleMenu, "")
}

func menuOfText(text string) ([]office.DTMF, *office.Problem) {
	var menu []office.DTMF
	for entry := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ';' || r == ',' }) {
		if strings.TrimSpace(entry) == "" {
			continue
		}
		key, p := menuKey(entry)
		if p != nil {
			return nil, p
		}
		menu = append(menu, key)
	}
	if menu == nil {
		return nil, badMenu("%q has no keys", text)
	}
	return menu, nil
}

// menuKey reads "2=department department:5068549373853696".
func menuKey(text string) (key office.DTMF, p *office.Problem) {
	input, action, ok := strings.Cut(text, "=")
	words := strings.Fields(action)
	if !ok || len(words) == 0 || len(words) > 2 {
		return key, badMenu("%q is no key with an action", strings.TrimSpace(text))
	}
	key.Input = strings.TrimSpace(input)
	key.Options.Action = validSpelling(words[0], office.Actions())
	if len(words) == 1 {
		return key, nil
	}
	kind, id, _ := strings.Cut(words[1], ":")
	key.Options.ActionTargetType = validSpelling(kind, office.TargetTypes())
	key.Options.ActionTargetID, p = targetID(id)
	return key, p
}

// validSpelling is the valid word that is meant. An invalid word stays as it is; office.Validate finds it.
func validSpelling(word string, valid []string) string {
	for _, v := range valid {
		if locale.Letters(v) == locale.Letters(word) {
			return v
		}
	}
	return word
}

func targetID(digits string) (*int64, *office.Problem) {
	id, err := strconv.ParseInt(digits, 10, 64)
	switch {
	case err != nil || !sheet.IsDigits(digits):
		return nil, badMenu("%q is not the id of a target", digits)
	case lostLastDigits(digits):
		p := badMenu("digits of %s were lost: a spreadsheet program keeps 15", digits)
		p.Kind = PrecisionLost
		return nil, p
	}
	return &id, nil
}

func badMenu(format string, args ...any) *office.Problem {
	return &office.Problem{Kind: office.BadDTMF, Message: fmt.Sprintf(format, args...), Suggestion: menuExample}
}

// menuJSON is office.DTMF as people paste it: ids may be texts, as the API returns them.
type menuJSON struct {
	Input   json.RawMessage `json:"input"`
	Options struct {
		Action           string          `json:"action"`
		ActionTargetType string          `json:"action_target_type"`
		ActionTargetID   json.RawMessage `json:"action_target_id"`
	} `json:"options"`
}

func menuOfJSON(text string) ([]office.DTMF, *office.Problem) {
	var keys []menuJSON
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&keys); err != nil || decoder.More() {
		return nil, badMenu("%q is no list of keys", text)
	}
	menu := make([]office.DTMF, len(keys))
	for i, k := range keys {
		var p *office.Problem
		if menu[i], p = k.key(); p != nil {
			return nil, p
		}
	}
	return menu, nil
}

func (k menuJSON) key() (key office.DTMF, p *office.Problem) {
	key.Input = unquoted(k.Input)
	key.Options.Action = validSpelling(k.Options.Action, office.Actions())
	key.Options.ActionTargetType = validSpelling(k.Options.ActionTargetType, office.TargetTypes())
	if id := unquoted(k.Options.ActionTargetID); id != "" && id != "null" {
		key.Options.ActionTargetID, p = targetID(id)
	}
	return key, p
}

func unquoted(raw json.RawMessage) string { return string(bytes.Trim(raw, `"`)) }

// menuText is a menu as people write it.
func menuText(menu []office.DTMF) string {
	parts := make([]string, len(menu))
	for i, key := range menu {
		parts[i] = key.Input + "=" + key.Options.Action
		if key.Options.ActionTargetID != nil {
			parts[i] += fmt.Sprintf(" %s:%d", key.Options.ActionTargetType, *key.Options.ActionTargetID)
		}
	}
	return strings.Join(parts, "; ")
}
