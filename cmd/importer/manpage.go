package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// page is a man page as it grows, in the man macros of roff.
type page struct{ strings.Builder }

// manPage is the page of one command. It has the date of the commit, so that
// all builds of one have the same page.
func manPage(command *cobra.Command, b build) string {
	var p page
	date, _, known := strings.Cut(b.Date, "T")
	if !known {
		date = ""
	}
	p.title(strings.ToUpper(pageName(command)), date, "importer "+b.Version)
	p.macro("SH", "NAME")
	p.line(pageName(command) + " - " + command.Short)
	p.macro("SH", "SYNOPSIS")
	p.macro("B", command.UseLine())
	p.macro("SH", "DESCRIPTION")
	p.prose(cmp.Or(command.Long, command.Short+"."))
	p.below(command)
	p.options("OPTIONS", command.NonInheritedFlags())
	p.options("OPTIONS OF ALL COMMANDS", command.InheritedFlags())
	if command.Example != "" {
		p.macro("SH", "EXAMPLES")
		p.prose(command.Example)
	}
	if parent := command.Parent(); parent != nil {
		p.macro("SH", "SEE ALSO")
		p.macro("BR", pageName(parent), "(1)")
	}
	return p.String()
}

// macro writes a line that is a macro and its arguments.
func (p *page) macro(name string, args ...string) {
	p.WriteString("." + name)
	for _, arg := range args {
		p.WriteString(` "` + strings.ReplaceAll(escaped(arg), `"`, `\(dq`) + `"`)
	}
	p.WriteString("\n")
}

// title writes the line that begins a page. The date is not escaped: an escaped
// one is none to those who read it.
func (p *page) title(name, date, source string) {
	fmt.Fprintf(p, ".TH \"%s\" \"1\" \"%s\" \"%s\" \"Office importer\"\n", escaped(name), date, escaped(source))
}

// line writes a line of text.
func (p *page) line(text string) { p.WriteString(escaped(text) + "\n") }

// prose writes paragraphs. Lines that are indented stay as they are.
func (p *page) prose(text string) {
	for i, paragraph := range strings.Split(strings.Trim(text, "\n"), "\n\n") {
		if i > 0 {
			p.macro("PP")
		}
		asIs := false
		for line := range strings.SplitSeq(strings.ReplaceAll(paragraph, "\t", "  "), "\n") {
			if indented := strings.HasPrefix(line, "  "); indented != asIs {
				asIs = indented
				p.macro(fill(!asIs))
			}
			p.line(strings.TrimRight(line, " "))
		}
		if asIs {
			p.macro(fill(true))
		}
	}
}

// fill is the macro that lets roff break lines where it likes, or no longer.
func fill(on bool) string {
	if on {
		return "fi"
	}
	return "nf"
}

// below lists the commands of a command.
func (p *page) below(command *cobra.Command) {
	if len(shownBelow(command)) == 0 {
		return
	}
	p.macro("SH", "COMMANDS")
	for _, c := range shownBelow(command) {
		p.macro("TP")
		p.macro("BR", pageName(c), "(1)")
		p.line(c.Short)
	}
}

// options lists flags, with their values as help has them.
func (p *page) options(title string, flags *pflag.FlagSet) {
	if !flags.HasAvailableFlags() {
		return
	}
	p.macro("SH", title)
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		p.macro("TP")
		p.WriteString(strings.TrimSpace(`\fB`+escaped("--"+f.Name)+`\fR `+escaped(value)) + "\n")
		p.line(usage + defaultOf(f))
	})
}

// defaultOf is the value that holds where a flag is not given, if there is one.
func defaultOf(f *pflag.Flag) string {
	switch f.DefValue {
	case "", "false", "0", "0s", "[]":
		return ""
	}
	return " (default " + f.DefValue + ")"
}

// escaped is text that roff takes literally.
func escaped(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", "\\`").Replace(text)
	if strings.HasPrefix(text, ".") {
		return `\&` + text
	}
	return text
}
