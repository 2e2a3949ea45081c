package main

import (
	"errors"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// pathFlags are those whose values are names of files.
var pathFlags = []string{"approved", configFlag, "journal", "mapping", "metrics", "report"}

// showable refuses names that a terminal would obey, or that would forge lines
// of a log, where they are shown: whoever may put a file into a folder must not
// speak in the program's name.
func showable(cmd *cobra.Command, args []string) error {
	wrong := []error{namesShowable(args)}
	for _, name := range pathFlags {
		if f := cmd.Flags().Lookup(name); f != nil {
			wrong = append(wrong, namesShowable(valuesOf(f)))
		}
	}
	return errors.Join(wrong...)
}

func namesShowable(names []string) error {
	for _, name := range names {
		if strings.ContainsFunc(name, unicode.IsControl) {
			return fail("usage", "", "%q holds control characters, which no name of a file should: rename it", name)
		}
	}
	return nil
}

// valuesOf are those of a flag, of which there may be several.
func valuesOf(f *pflag.Flag) []string {
	if many, ok := f.Value.(pflag.SliceValue); ok {
		return many.GetSlice()
	}
	return []string{f.Value.String()}
}
