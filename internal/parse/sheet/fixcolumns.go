package sheet

import (
	"strings"
)

// The columns that stand in front of those of an excerpt.
const (
	StatusColumn   = "import_status"
	ProblemsColumn = "import_problems"
)

// IsMark tells the columns that an excerpt has put in front: an excerpt of an
// excerpt has its own.
func (c Column) IsFixColumn() bool {
	return strings.EqualFold(c.Name, StatusColumn) || strings.EqualFold(c.Name, ProblemsColumn)
}
