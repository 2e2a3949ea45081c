package headings

import (
	"testing"

	"officeimporter/internal/locale"
)

// TestHeadingsAreDistinct makes sure that no two inputs share a heading, and that no heading looks like a typo of
// another input's.
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
