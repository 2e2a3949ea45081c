// Package near finds what a mistyped word may have meant.
package near

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// tooFar is a distance beyond that of any suggestion.
const tooFar = 1 << 10

// Limit is how many characters may be wrong in a word of this length.
type Limit func(length int) int

// Slip is the Limit for a typo. Short words are near too many others ("site", "suite"), so none of their characters
// may be wrong.
func Slip(length int) int {
	switch {
	case length < 5:
		return 0
	case length < 9:
		return 1
	}
	return 2
}

// Misspelling is the Limit for someone who doesn't know how a name is spelt. Words under four letters must be right:
// any three letters are near some code.
func Misspelling(length int) int {
	if length < 4 {
		return 0
	}
	return (length + 1) / 4
}

// Word is a typed word to compare others with. It doesn't change, and is safe for concurrent use.
type Word struct {
	text   string
	length int // in characters
	limit  Limit
}

// NewWord prepares a folded word; fold the words that you compare it with in the same way.
func NewWord(folded string, limit Limit) Word {
	return Word{folded, utf8.RuneCountInString(folded), limit}
}

// Like tells whether other may be what was meant, and isn't the word itself.
func (w Word) Like(other string) bool {
	d := w.Distance(other)
	return 0 < d && d < tooFar
}

// Distance is how many characters differ. Two swapped neighbours, the commonest typo, count as one. If the words are
// not alike, the distance is too large for a Ranking.
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

// First is the first of words that is a typo away from the typed one, both folded; empty if none is.
func First(typed string, words []string, fold func(string) string) string {
	w := NewWord(fold(typed), Slip)
	for _, word := range words {
		if w.Like(fold(word)) {
			return word
		}
	}
	return ""
}

// DidYouMean is the suggestion for a word, or fallback if the word is empty.
func DidYouMean(word, fallback string) string {
	if word == "" {
		return fallback
	}
	return "did you mean " + word + "?"
}

// Ranking collects suggestions. The zero Ranking is ready to use. Not for concurrent use.
type Ranking map[string]int

// Add adds a name at a distance, unless that is too far.
func (r *Ranking) Add(name string, distance int) {
	if distance >= tooFar {
		return
	}
	if *r == nil {
		*r = Ranking{}
	}
	if d, ok := (*r)[name]; !ok || distance < d {
		(*r)[name] = distance
	}
}

// Best is up to n names, nearest first, equally near ones in alphabetical order. It is empty if n is negative.
func (r Ranking) Best(n int) []string {
	names := make([]string, 0, len(r))
	for name := range r {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(r[a], r[b]), cmp.Compare(a, b))
	})
	return names[:max(0, min(n, len(names)))]
}
