package main

import (
	"strings"

	"github.com/spf13/cobra"
)

// inputEndings are the file name extensions of spreadsheets that the importer reads.
var inputEndings = []string{"csv", "tsv", "txt", "xlsx", "xlsm"}

// flagEndings are the file name extensions that fit a flag.
var flagEndings = map[string][]string{
	"approved": {"jsonl"},
	configFlag: {"yaml", "yml"},
	"journal":  {"journal"},
	"mapping":  {"yaml", "yml"},
	"metrics":  {"prom"},
	"report":   {"csv", "html", "jsonl", "xlsx"},
}

// flagChoices are the values of flags that take only a few.
var flagChoices = map[string][]string{
	"accept":    {"hidden_row", "renamed"},
	"log":       {"json", "text"},
	"log-level": {"debug", "info", "warn", "error"},
	"server":    {"production", "sandbox", "simulator"},
}

// complete tells shells what may follow a command and its flags.
func complete(root *cobra.Command) {
	completeFlags(root)
	for _, c := range root.Commands() {
		c.ValidArgsFunction = completeArgs(strings.Fields(c.Use)[1:])
		completeFlags(c)
	}
}

func completeFlags(c *cobra.Command) {
	for name, choices := range flagChoices {
		completeFlag(c, name, cobra.FixedCompletions(choices, cobra.ShellCompDirectiveNoFileComp))
	}
	for name, endings := range flagEndings {
		completeFlag(c, name, cobra.FixedCompletions(endings, cobra.ShellCompDirectiveFilterFileExt))
	}
}

// completeFlag does nothing if the command does not have the flag.
func completeFlag(c *cobra.Command, name string, f cobra.CompletionFunc) {
	if c.Flags().Lookup(name) != nil || c.PersistentFlags().Lookup(name) != nil {
		_ = c.RegisterFlagCompletionFunc(name, f) // it fails only for unknown flags, or the second time
	}
}

// completeArgs offers files or folders, as the words in a command's usage say.
func completeArgs(takes []string) cobra.CompletionFunc {
	return func(_ *cobra.Command, have []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(have) < len(takes) {
			switch strings.Trim(takes[len(have)], "[]") {
			case "FILE":
				return inputEndings, cobra.ShellCompDirectiveFilterFileExt
			case "OLD", "NEW":
				return append([]string{"jsonl"}, inputEndings...), cobra.ShellCompDirectiveFilterFileExt
			case "FOLDER":
				return nil, cobra.ShellCompDirectiveFilterDirs
			}
		}
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
}
