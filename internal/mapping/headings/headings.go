// Package headings knows which heading means which field, from its own list or a mapping file, and proposes a mapping
// file for a person to complete.
package headings

import (
	"sync"

	"officeimporter/internal/locale"
	"officeimporter/internal/near"
)

// ByHeading returns the inputs by all headings that the program knows, normalised. Nobody may change the map.
var ByHeading = sync.OnceValue(func() map[string]*Input {
	known := make(map[string]*Input, 8*len(inputs()))
	for _, in := range inputs() {
		for _, heading := range in.headings {
			known[locale.Letters(heading)] = in
		}
	}
	return known
})

// ByName finds an input by its name in mapping files and --default, as forgivingly as headings are matched; nil if
// there is none.
func ByName(name string) *Input {
	key := locale.Letters(name)
	for _, in := range inputs() {
		if locale.Letters(in.Name) == key {
			return in
		}
	}
	return nil
}

// NearInput is the name of the input that a mistyped name may mean.
func NearInput(name string) (like string, ok bool) {
	for _, in := range inputs() {
		if near.NewWord(locale.Letters(name), near.Slip).Like(locale.Letters(in.Name)) {
			return in.Name, true
		}
	}
	return "", false
}

// NearHeading is the input that an unknown heading may mean, and the known heading that it is similar to; nil if
// there is none.
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
