package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func newMan(c console) *cobra.Command {
	return &cobra.Command{
		Use:     "man FOLDER",
		Short:   "Man pages of all commands, into a folder",
		Example: "  importer man /usr/local/share/man/man1",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o777); err != nil {
				return err
			}
			root := newRoot(c)
			root.InitDefaultVersionFlag()
			root.InitDefaultCompletionCmd()
			return writeMan(root, args[0], thisBuild())
		},
	}
}

// writeMan writes a page for a command, and one for each of its subcommands.
func writeMan(command *cobra.Command, folder string, b build) error {
	command.DisableAutoGenTag = true
	page, err := manPage(command, b)
	if err != nil {
		return err
	}
	name := strings.ReplaceAll(command.CommandPath(), " ", "-") + ".1"
	if err := os.WriteFile(filepath.Join(folder, name), page, 0o666); err != nil {
		return err
	}
	for _, below := range command.Commands() {
		if !below.IsAvailableCommand() {
			continue
		}
		if err := writeMan(below, folder, b); err != nil {
			return err
		}
	}
	return nil
}

// manOption matches a flag as cobra writes it: a paragraph and a tab, which mandoc rejects.
var manOption = regexp.MustCompile(`(?m)^(?:\.PP\n)?(\\fB-.*)\n\t`)

// manPage corrects two things that mandoc warns about: how cobra writes flags and dates. The date is the commit's, so
// that every build of a commit has the same pages.
func manPage(command *cobra.Command, b build) ([]byte, error) {
	const noDate = "Jan 0001"                                         // how cobra writes the zero time
	command.Long = strings.ReplaceAll(command.Long, "\n  ", "\n    ") // in Markdown, four spaces keep a table's lines apart
	header := &doc.GenManHeader{Section: "1", Date: new(time.Time), Source: "importer " + b.Version, Manual: "Office importer"}
	var page bytes.Buffer
	if err := doc.GenMan(command, header, &page); err != nil {
		return nil, err
	}
	date, _, known := strings.Cut(b.Date, "T")
	if !known {
		date = ""
	}
	text := bytes.Replace(page.Bytes(), []byte(noDate), []byte(date), 1)
	return manOption.ReplaceAll(text, []byte(".TP\n$1\n")), nil
}
