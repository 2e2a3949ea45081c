// Package near finds what a mistyped word may have meant.
package near

import (
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// tooFar is a distance that no suggestion may have.
const tooFar = 1 << 10

// Limit is how many letters of a word of that many characters may be wrong.
type Limit func(length int) int

// Slip allows what one slip of the fingers does. Short words are near too many
// others ("site", "suite") for that to mean anything.
func Slip(length int) int {
	switch {
	case length < 5:
		return 0
	case length < 9:
		return 1
	}
	return 2
}

// Misspelling allows what somebody does who doesn't know how a name is spelt.
// Any three letters are near some code.
func Misspelling(length int) int {
	if length < 4 {
		return 0
	}
	return (length + 1) / 4
}

// Word is a typed word to compare others with.
type Word struct {
	text   string
	length int // in characters
	limit  Limit
}

// NewWord prepares a word. It is compared as it is: fold both sides alike.
func NewWord(folded string, limit Limit) Word {
	return Word{folded, utf8.RuneCountInString(folded), limit}
}

// Like tells whether the other word may be what was meant, and is another.
func (w Word) Like(other string) bool {
	d := w.Distance(other)
	return 0 < d && d < tooFar
}

// Distance is how many characters to change; it is too large for a Ranking
// where the words are not alike. Two neighbours that have changed places, the
// commonest slip of the keyboard, are one.
func (w Word) Distance(other string) int {
	length := utf8.RuneCountInString(other)
	limit := w.limit(min(w.length, length))
	if limit == 0 || max(w.length-length, length-w.length) > limit { // most words, at no cost
		return tooFar
	}
	if transposed(w.text, other) {
		return 1
	}
	if d := levenshtein.ComputeDistance(w.text, other); d <= limit {
		return d
	}
	return tooFar
}

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

// First is the first of words that differs from the typed one by a slip, both
// folded; empty if there is none.
func First(typed string, words []string, fold func(string) string) string {
	w := NewWord(fold(typed), Slip)
	for _, word := range words {
		if w.Like(fold(word)) {
			return word
		}
	}
	return ""
}

// DidYouMean is the suggestion for a word, or the other one where there is no word.
func DidYouMean(word, fallback string) string {
	if word == "" {
		return fallback
	}
	return "did you mean " + word + "?"
}
