// Package headings knows which heading means which field: by itself, by a
// mapping file, or as a proposal for a person to complete.
package headings

import (
	"sync"

	"officeimporter/internal/locale"
	"officeimporter/internal/near"
)

// ByHeading are all headings that the program knows by itself, normalised.
var ByHeading = sync.OnceValue(func() map[string]*Input {
	known := make(map[string]*Input, 8*len(inputs()))
	for _, in := range inputs() {
		for _, heading := range in.headings {
			known[locale.Letters(heading)] = in
		}
	}
	return known
})

// Named finds an input by the name that a mapping file and --default use;
// nil if there is none. Names are taken as forgivingly as headings.
func ByName(name string) *Input {
	key := locale.Letters(name)
	for _, in := range inputs() {
		if locale.Letters(in.Name) == key {
			return in
		}
	}
	return nil
}

// NearInput is the name of the input that a mistyped name may have meant.
func NearInput(name string) (like string, ok bool) {
	for _, in := range inputs() {
		if near.NewWord(locale.Letters(name), near.Slip).Like(locale.Letters(in.Name)) {
			return in.Name, true
		}
	}
	return "", false
}

// NearHeading is the input that an unknown heading may have meant, and the
// heading that it is close to.
func NearHeading(heading string) (similar string, in *Input) {
	key := locale.Letters(heading)
	for _, candidate := range inputs() {
		for _, known := range candidate.headings {
			if near.NewWord(key, near.Slip).Like(locale.Letters(known)) {
				return known, candidate
			}
		}
	}
	return "", nil
}
