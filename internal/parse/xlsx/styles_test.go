package xlsx

import (
	"testing"

	"officeimporter/internal/parse/sheet"
)

func TestBuiltinFormats(t *testing.T) {
	for id, want := range map[int]string{0: "", 1: "0", 14: "m/d/yyyy", 20: "h:mm", 46: "[h]:mm:ss", 49: "@", 23: "", 200: "", -1: ""} {
		if got := builtinFormat(id); got != want {
			t.Errorf("format %d is %q, want %q", id, got, want)
		}
	}
	for _, id := range []int{14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 32, 36, 45, 46, 47, 50, 58, 71, 81} {
		if !sheet.NewCellFormat(builtinFormat(id)).IsTime {
			t.Errorf("format %d is not a time", id)
		}
	}
}
