package simulator

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // Windows has no tz database
)

// The functions for rule.also. Each says what is wrong with a value of the right kind, or returns "".

var clock = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]$`)

// pairs requires open, close, open, close, each later than the one before. HH:MM can be compared as text.
func pairs(v any) string {
	before := ""
	for _, item := range v.([]any) {
		at := item.(string)
		if !clock.MatchString(at) {
			return fmt.Sprintf("%q is not a time HH:MM", at)
		}
		if at <= before {
			return fmt.Sprintf("%s is not after %s", at, before)
		}
		before = at
	}
	if len(v.([]any))%2 != 0 {
		return "opens and does not close"
	}
	return ""
}

func keysOnce(v any) string {
	var keys []string
	for _, item := range v.([]any) {
		key, ok := item.(map[string]any)["input"].(string)
		if ok && slices.Contains(keys, key) {
			return "has key " + key + " twice"
		}
		keys = append(keys, key)
	}
	return ""
}

// zone accepts the names in the tz database, including old ones, but not the two names that only package time has.
func zone(v any) string {
	name := v.(string)
	if _, err := time.LoadLocation(name); err != nil || name == "" || name == "Local" {
		return fmt.Sprintf("%q is not in the tz database", name)
	}
	return ""
}

var e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

func phone(v any) string {
	if !e164.MatchString(v.(string)) {
		return fmt.Sprintf("%q is not an E.164 number", v)
	}
	return ""
}

func email(v any) string {
	user, host, _ := strings.Cut(v.(string), "@")
	if user == "" || host == "" || strings.ContainsAny(v.(string), " \r\n\t") {
		return fmt.Sprintf("%q is not an e-mail address", v)
	}
	return ""
}

var poBox = regexp.MustCompile(`(?i)\bP\.?\s?O\.?\s*Box\b`)

// noPOBox refuses post office boxes, because an ambulance can't drive to one.
func noPOBox(v any) string {
	address := v.(map[string]any)
	for _, line := range []string{"address", "address2"} {
		if at, _ := address[line].(string); poBox.MatchString(at) {
			return fmt.Sprintf("%q is a PO box", at)
		}
	}
	return ""
}
