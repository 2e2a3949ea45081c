package headings

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"officeimporter/internal/locale"
	"officeimporter/internal/near"
)

// maxCandidates is how many meanings of a heading we offer.
const maxCandidates = 4

// inputsBySlip are the inputs with a heading that an unknown one may be a typo of.
func inputsBySlip(heading string) (found []*Input) {
	key := locale.Letters(heading)
	for _, in := range inputs() {
		if slices.ContainsFunc(in.headings, func(known string) bool { return near.NewWord(key, near.Slip).Like(locale.Letters(known)) }) {
			found = append(found, in)
		}
	}
	return found
}

// inputsByWords are the inputs with a heading whose words are all in an unknown one, those with most words first:
// "Site street address" may be the street address.
func inputsByWords(heading string) []*Input {
	type match struct {
		in    *Input
		words int
	}
	have := headingWords(heading)
	var matches []match
	for _, in := range inputs() {
		if n := longestMatch(in, have); n > 0 {
			matches = append(matches, match{in, n})
		}
	}
	slices.SortStableFunc(matches, func(a, b match) int { return cmp.Compare(b.words, a.words) })
	found := make([]*Input, len(matches))
	for i, m := range matches {
		found[i] = m.in
	}
	return found
}

// longestMatch counts the words of the input's longest heading that consists only of the given words.
func longestMatch(in *Input, have []string) (n int) {
	for _, known := range in.headings {
		words := headingWords(known)
		if !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(have, w) }) {
			n = max(n, len(words))
		}
	}
	return n
}

func headingWords(heading string) []string {
	return strings.FieldsFunc(locale.Fold(heading), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}
