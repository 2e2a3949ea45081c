package main

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// repeated are the flags that commands in hints carry on: without them the same
// file would mean other offices, or be looked up in another journal.
var repeated = [...]string{"mapping", "default", "sheet", "header-row", "encoding", "delimiter", "no-repairs", "accept", "company", "journal"}

// repeatedFlags are those of a command line, as they may be typed again.
func repeatedFlags(cmd *cobra.Command) (words []string) {
	for _, name := range repeated {
		f := cmd.Flags().Lookup(name)
		switch {
		case f == nil || !f.Changed:
		case f.NoOptDefVal != "": // a switch
			words = append(words, "--"+name)
		default:
			values := []string{f.Value.String()}
			if many, ok := f.Value.(interface{ GetSlice() []string }); ok {
				values = many.GetSlice()
			}
			for _, value := range values {
				words = append(words, "--"+name, quoted(shown(value)))
			}
		}
	}
	return words
}

// command is what to type to do something else with the same file.
func (j *job) command(verb string, arguments ...string) string {
	words := append([]string{"importer", verb, quoted(j.file)}, arguments...)
	return strings.Join(append(words, j.repeated...), " ")
}

// again is what to type to run the file again from whatever folder.
func (j *job) again(to server) string {
	words := []string{"importer", "run", quoted(absolute(j.file)), "--server", to.name()}
	for i, word := range j.repeated {
		if i > 0 && slices.Contains([]string{"--mapping", "--journal"}, j.repeated[i-1]) {
			word = quoted(absolute(strings.Trim(word, `"`)))
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

// absolute is a path that holds in every folder, if there is a way to tell.
func absolute(path string) string {
	if whole, err := filepath.Abs(path); err == nil {
		return whole
	}
	return path
}

// fixCommand is what to type to feed a fix file back: its heading, encoding and
// sheet are its own.
func (j *job) fixCommand(verb, fix string, arguments ...string) string {
	words := append([]string{"importer", verb, quoted(fix)}, arguments...)
	for i := 0; i < len(j.repeated); i++ {
		if slices.Contains([]string{"--sheet", "--header-row", "--encoding"}, j.repeated[i]) {
			i++ // with its value
			continue
		}
		words = append(words, j.repeated[i])
	}
	return strings.Join(words, " ")
}

// quoted is a word as shells of Unix and Windows read it.
func quoted(word string) string {
	if word != "" && !strings.ContainsAny(word, " \t'&()[]{};$*?!<>|#~`") {
		return word
	}
	return `"` + word + `"`
}
