package headings

import (
	"testing"

	"officeimporter/internal/locale"
)

// TestHeadingsAreDistinct keeps two inputs from going by one heading, and one
// from looking like a slip of another.
func TestHeadingsAreDistinct(t *testing.T) {
	by := map[string]*Input{}
	for _, in := range inputs() {
		for _, h := range in.headings {
			if other, ok := by[locale.Letters(h)]; ok && other != in {
				t.Errorf("%q is a heading of %s and of %s", h, in.Name, other.Name)
			}
			by[locale.Letters(h)] = in
		}
	}
}
