package mapping

import (
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// isNear tells whether one word looks like a slip of the other. Short words
// are near too many others ("site", "suite") for that to mean anything.
func isNear(a, b string) bool {
	limit := slips(min(utf8.RuneCountInString(a), utf8.RuneCountInString(b)))
	if a == b || limit == 0 {
		return false
	}
	return transposed(a, b) || levenshtein.ComputeDistance(a, b) <= limit
}

// slips is how many letters of a word may be wrong.
func slips(length int) int {
	switch {
	case length < 5:
		return 0
	case length < 9:
		return 1
	}
	return 2
}

// transposed tells whether two neighbours have changed places, the commonest
// slip of the keyboard, which is a distance of two.
func transposed(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) - 1 {
		if a[i] != b[i] {
			return a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		}
	}
	return false
}

// nearest is the first of words that the typed one may have meant; empty if
// there is none.
func nearest(typed string, words []string) string {
	for _, word := range words {
		if isNear(normal(typed), normal(word)) {
			return word
		}
	}
	return ""
}

// didYouMean is the suggestion for a word, or the other one where there is no word.
func didYouMean(word, otherwise string) string {
	if word == "" {
		return otherwise
	}
	return "did you mean " + word + "?"
}
