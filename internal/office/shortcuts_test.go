package office

import (
	"net/mail"
	"strings"
	"testing"
)

// The shortcuts must never find anything else than what they stand for.

func FuzzPOBox(f *testing.F) {
	for _, line := range []string{"PO Box 1", "p. o. box", "Post Office Box", "PMB #4", "Boîte postale", "boite\tpostale", "B.P. 9", "bp 9", "C.P. 3",
		"cp\n3", "Private  Bag", "locked bag", "1 Sample Street", "Rue de l’Exemple, Bât. 2", "Boxing Way", "p", ""} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		if want := poBox.MatchString(line); isPOBox(line) != want {
			t.Errorf("%q: want %t", line, want)
		}
	})
}

func FuzzPlainEmail(f *testing.F) {
	for _, text := range []string{"a@b.co", "billing+1@example.com", "A_b-c.d@x.y.z", ".a@b.co", "a.@b.co", "a..b@c.de", "a@.co", "a@b.", "a@b", "a@b@c.de",
		"@b.co", "a@", "", "A <a@b.co>", "ä@b.co", "a@b.co "} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !isPlainEmail(text) {
			return
		}
		address, err := mail.ParseAddress(text)
		if err != nil || address.Address != text || !strings.Contains(text[strings.LastIndexByte(text, '@'):], ".") {
			t.Errorf("%q is taken for an address: %v, %v", text, address, err)
		}
	})
}

func TestShortcutsAreTaken(t *testing.T) {
	if !isPlainEmail("billing+12@example.com") || likelyPOBox("8418 Example Way") || likelyPOBox("Rue de l’Exemple, Bât. 2") {
		t.Error("the usual goes the long way")
	}
}
