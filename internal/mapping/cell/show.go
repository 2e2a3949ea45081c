package cell

import (
	"strconv"

	"officeimporter/internal/office"
)

// Show is a field's value as a person reads it. It panics for a type that no field has.
func Show(value any) string {
	switch value := value.(type) {
	case string:
		return value
	case bool:
		return strconv.FormatBool(value)
	case int64:
		return strconv.FormatInt(value, 10)
	case office.Hours:
		return value.String()
	case []office.DTMF:
		return menuText(value)
	}
	panic("no field has a value of this type")
}
