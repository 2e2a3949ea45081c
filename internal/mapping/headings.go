package mapping

import (
	"sync"

	"officeimporter/internal/locale"
	"officeimporter/internal/near"
)

// headings are all headings that the program knows by itself, normalised.
var headings = sync.OnceValue(func() map[string]*input {
	known := make(map[string]*input, 8*len(inputs()))
	for _, in := range inputs() {
		for _, heading := range in.headings {
			known[locale.Letters(heading)] = in
		}
	}
	return known
})

// inputNamed finds an input by the name that a mapping file and --default use;
// nil if there is none. Names are taken as forgivingly as headings.
func inputNamed(name string) *input {
	key := locale.Letters(name)
	for _, in := range inputs() {
		if locale.Letters(in.name) == key {
			return in
		}
	}
	return nil
}

// nearInput is the name of the input that a mistyped name may have meant.
func nearInput(name string) (like string, ok bool) {
	for _, in := range inputs() {
		if near.NewWord(locale.Letters(name), near.Slip).Like(locale.Letters(in.name)) {
			return in.name, true
		}
	}
	return "", false
}

// nearHeading is the input that an unknown heading may have meant, and the
// heading that it is close to.
func nearHeading(heading string) (heard string, in *input) {
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
