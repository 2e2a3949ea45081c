package cell

import (
	"strings"

	"officeimporter/internal/locale"
	"officeimporter/internal/parse/sheet"
)

// booleans are the words, folded, that people and spreadsheet programs write.
var booleans = wordsOf(map[bool]string{
	true:  "true yes y 1 x on t ✓ ✔ ☑ wahr ja j vrai oui si sí sim verdadero verdadeiro vero waar prawda tak sant 真 はい 是",
	false: "false no n 0 off f ✗ ✘ ☐ falsch nein faux non não nao falso onwaar nee fałsz nie falskt nej 偽 いいえ 否",
})

func wordsOf(lists map[bool]string) map[string]bool {
	words := map[string]bool{}
	for value, list := range lists {
		for word := range strings.FieldsSeq(list) {
			words[word] = value
		}
	}
	return words
}

// readBoolean reads true or false in the words of booleans.
func readBoolean(e *Entry) (any, string) {
	value, ok := booleanOf(e.Cell)
	if !ok {
		return e.Fail(BadBoolean, "write yes or no", "%q is neither yes nor no", e.Cell.Shown())
	}
	if len(e.Cell.Raw) >= len("true") && strings.EqualFold(e.Cell.Raw, Show(value)) {
		return value, "" // TRUE is just how programs write true
	}
	return value, ruleBoolean
}

func booleanOf(c sheet.Cell) (value, ok bool) {
	switch c.Raw { // nearly all cells
	case "TRUE", "true", "True":
		return true, c.Kind == sheet.Text || c.Kind == sheet.Bool
	case "FALSE", "false", "False":
		return false, c.Kind == sheet.Text || c.Kind == sheet.Bool
	}
	switch c.Kind {
	case sheet.Text:
		value, ok = booleans[locale.Fold(c.Raw)]
	case sheet.Number:
		value, ok = booleans[c.Shown()]
	}
	return value, ok
}
