package main

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
)

// printable is a text as it is, in quotes where it holds what a terminal would
// obey instead of showing it.
func printable(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return !strconv.IsPrint(r) }) {
		return strconv.Quote(text)
	}
	return text
}

// printableJSON is the same JSON, with escapes for what can't be shown.
func printableJSON(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strconv.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}
