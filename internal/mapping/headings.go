package mapping

import (
	"strings"
	"sync"
	"unicode"

	"officeimporter/internal/locale"
)

// normal is the form in which headings and words of a list are compared:
// letters and digits, folded. "Office\nName *", "OFFICE_NAME" and "office.name:"
// are one.
func normal(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return r
		}
		return -1
	}, locale.Fold(text))
}

// headings are all headings that the program knows by itself, normalised.
var headings = sync.OnceValue(func() map[string]*input {
	known := make(map[string]*input, 8*len(inputs()))
	for _, in := range inputs() {
		for _, heading := range in.headings {
			known[normal(heading)] = in
		}
	}
	return known
})

// inputNamed finds an input by the name that a mapping file and --default use;
// nil if there is none. Names are taken as forgivingly as headings.
func inputNamed(name string) *input {
	key := normal(name)
	for _, in := range inputs() {
		if normal(in.name) == key {
			return in
		}
	}
	return nil
}

// nearInput is the name of the input that a mistyped name may have meant.
func nearInput(name string) (near string, ok bool) {
	for _, in := range inputs() {
		if isNear(normal(name), normal(in.name)) {
			return in.name, true
		}
	}
	return "", false
}

// nearHeading is the input that an unknown heading may have meant, and the
// heading that it is close to.
func nearHeading(heading string) (heard string, in *input) {
	key := normal(heading)
	for _, candidate := range inputs() {
		for _, known := range candidate.headings {
			if isNear(key, normal(known)) {
				return known, candidate
			}
		}
	}
	return "", nil
}
