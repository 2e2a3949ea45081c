package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
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

// writeMan writes a page for a command, and for each below it.
func writeMan(command *cobra.Command, folder string, b build) error {
	path := filepath.Join(folder, pageName(command)+".1")
	if err := os.WriteFile(path, []byte(manPage(command, b)), 0o666); err != nil {
		return err
	}
	for _, below := range shownBelow(command) {
		if err := writeMan(below, folder, b); err != nil {
			return err
		}
	}
	return nil
}

func pageName(command *cobra.Command) string {
	return strings.ReplaceAll(command.CommandPath(), " ", "-")
}

func shownBelow(command *cobra.Command) (shown []*cobra.Command) {
	for _, c := range command.Commands() {
		if c.IsAvailableCommand() {
			shown = append(shown, c)
		}
	}
	return shown
}
