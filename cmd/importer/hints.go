package main

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"officeimporter/internal/importer"
	"officeimporter/internal/office"
	"officeimporter/internal/report"
	"officeimporter/internal/submit"
)

// hintFlags are the flags that commands in hints repeat. Without them the same file would mean other offices, or
// another journal.
var hintFlags = [...]string{"mapping", "default", "sheet", "header-row", "encoding", "delimiter", "no-repairs",
	"accept", "company", "journal"}

// repeatedFlags returns the hint flags of a command line, ready to be typed again.
func repeatedFlags(cmd *cobra.Command) (words []string) {
	for _, name := range hintFlags {
		f := cmd.Flags().Lookup(name)
		switch {
		case f == nil || !f.Changed:
		case f.NoOptDefVal != "": // a flag without a value
			words = append(words, "--"+name)
		default:
			values := []string{f.Value.String()}
			if many, ok := f.Value.(interface{ GetSlice() []string }); ok {
				values = many.GetSlice()
			}
			for _, value := range values {
				words = append(words, "--"+name, quoted(importer.ShownJournal(value)))
			}
		}
	}
	return words
}

// subject is what a command in a hint is about: a file, and the flags that go with it.
type subject struct {
	file     string
	repeated []string
}

// command returns another command for the same file.
func (s subject) command(verb string, arguments ...string) string {
	words := append([]string{"importer", verb, quoted(s.file)}, arguments...)
	return strings.Join(append(words, s.repeated...), " ")
}

// again returns the command that runs the file again, from any folder. It names the journal unless the flags do, or
// journal is empty.
func (s subject) again(to importer.Server, journal string) string {
	words := []string{"importer", "run", quoted(importer.Absolute(s.file)), "--server", to.Name()}
	for i, word := range s.repeated {
		if i > 0 && slices.Contains([]string{"--mapping", "--journal"}, s.repeated[i-1]) {
			word = quoted(importer.Absolute(strings.Trim(word, `"`)))
		}
		words = append(words, word)
	}
	if journal != "" && !slices.Contains(s.repeated, "--journal") {
		words = append(words, "--journal", quoted(journal))
	}
	return strings.Join(words, " ")
}

// fixCommand returns a command for the corrected fix file. It leaves out the flags for headings, encoding and sheet,
// because a fix file has its own.
func (s subject) fixCommand(verb, fix string, arguments ...string) string {
	words := append([]string{"importer", verb, quoted(fix)}, arguments...)
	for i := 0; i < len(s.repeated); i++ {
		if slices.Contains([]string{"--sheet", "--header-row", "--encoding"}, s.repeated[i]) {
			i++ // skip the value too
			continue
		}
		words = append(words, s.repeated[i])
	}
	return strings.Join(words, " ")
}

// quoted returns a word with quotes if a shell of Unix or Windows needs them.
func quoted(word string) string {
	if word != "" && !strings.ContainsAny(word, " \t'&()[]{};$*?!<>|#~`") {
		return word
	}
	return `"` + word + `"`
}

// next returns what to do after a run, with the commands to type.
func (o *runOptions) next(path string, summary *report.Summary, stopped error) []string {
	s := o.input.of(path)
	again := s.command("run", "--server", o.target.server)
	var lines []string
	if stopped != nil || summary.Count(office.Pending) > 0 {
		lines = append(lines, "to go on: "+again)
	}
	if summary.Count(office.Unknown) > 0 {
		settle := s.command("settle", "ROW", "--server", o.target.server, "--office", "ID")
		lines = append(lines, "rows that are unknown are looked up again by the next run; a person's verdict: "+settle+" (or --not-created)")
	}
	if summary.Count(office.Refused) > 0 {
		lines = append(lines, "rows that were refused are sent again once they are changed, or with --retry-refused")
	}
	switch {
	case summary.Count(office.Invalid) == 0:
	case summary.Fix != "":
		lines = append(lines, "correct the rows in "+summary.Fix+", then: "+s.fixCommand("run", summary.Fix, "--server", o.target.server))
	default:
		lines = append(lines, "correct the rows with problems, then: "+again)
	}
	return lines
}

// explained adds to an error of the importer what to do about it.
func (s subject) explained(err error, server string) error {
	var unreported *importer.UnreportedError
	var stop *submit.StopError
	if errors.As(err, &stop) && errors.As(stop.Err, &unreported) {
		stop.Hint = s.command("report", "--server", server)
	}
	var failed *importer.Error
	var one *importer.OneJournalError
	switch {
	case errors.As(err, &one):
		return fail("usage", "leave --journal out: each company has its own, beside the file",
			"--journal names one journal, and %s has rows of %d companies", one.File, one.Companies)
	case errors.Is(err, importer.ErrNoServer):
		return fail("usage", "--server production", "a journal in a database has many companies: --server says whose")
	case !errors.As(err, &failed):
		return err
	}
	switch failed.Kind {
	case importer.KindNoSuchRow:
		return &hinted{err, string(failed.Kind), s.command("explain", strconv.Itoa(failed.Row))}
	case importer.KindNotUnknown:
		return &hinted{err, string(failed.Kind), s.command("report", "--server", server)}
	}
	return err
}
