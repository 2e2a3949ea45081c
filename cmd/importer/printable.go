package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// printableJSON is the same JSON with escapes in place of characters that could control a terminal.
func printableJSON(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strconv.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}

// pathFlags are the flags whose values are paths.
var pathFlags = []string{"approved", configFlag, "journal", "mapping", "metrics", "report"}

// checkPaths refuses paths with control characters. Messages show paths, and somebody who can put a file into a
// folder must not be able to control the terminal or forge lines of a log.
func checkPaths(cmd *cobra.Command, args []string) error {
	wrong := []error{checkPrintable(args)}
	for _, name := range pathFlags {
		if f := cmd.Flags().Lookup(name); f != nil {
			wrong = append(wrong, checkPrintable(valuesOf(f)))
		}
	}
	return errors.Join(wrong...)
}

func checkPrintable(paths []string) error {
	for _, path := range paths {
		if strings.ContainsFunc(path, unicode.IsControl) {
			return fail("usage", "", "%q holds control characters, which no name of a file should: rename it", path)
		}
	}
	return nil
}

// valuesOf returns all values of a flag that may be repeated, or the only one.
func valuesOf(f *pflag.Flag) []string {
	if many, ok := f.Value.(pflag.SliceValue); ok {
		return many.GetSlice()
	}
	return []string{f.Value.String()}
}
