package sheet

import (
	"strings"
)

// The columns that a fix file has in front of those of the sheet.
const (
	StatusColumn   = "import_status"
	ProblemsColumn = "import_problems"
)

// IsFixColumn tells whether a fix file added the column. A fix file of a fix file gets new ones instead.
func (c Column) IsFixColumn() bool {
	return strings.EqualFold(c.Name, StatusColumn) || strings.EqualFold(c.Name, ProblemsColumn)
}
