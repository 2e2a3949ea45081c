package headings

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"officeimporter/internal/office"
)

// WriteYAML writes the mapping file. What a person must decide is left blank; Load stops there and names the line. An
// error is one of w.
func (p *Proposal) WriteYAML(w io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# What the columns of %s mean. Fill in the lines that have no value yet.\n", shorten(p.file))
	b.WriteString("# A column gives a field (`importer fields` lists them), or is left alone: ignore.\n\ncolumns:\n")
	for i := range p.columns {
		p.columns[i].write(&b)
	}
	p.writeDefaults(&b)
	b.WriteString("\n# What a cell means that says it in other words:\n# values:\n#   country: {Deutschland: DE}\n")
	b.WriteString("\n# A column whose values name each row for good; without it, name and country do:\n# key: Store code\n")
	_, err := w.Write(b.Bytes())
	return err
}

func (c *proposedColumn) write(b *bytes.Buffer) {
	name := yamlText(c.column.Name)
	switch c.state {
	case recognised:
		fmt.Fprintf(b, "  %s: %s%s\n", name, c.inputs[0].Name, c.comment(""))
	case unsure:
		fmt.Fprintf(b, "  # unsure: %s? Name the field, or ignore\n  %s:%s\n", c.candidates(), name, c.comment(""))
	case contested:
		fmt.Fprintf(b, "  # %s, which column %s, %s, gives too: keep one, and ignore the other\n  %s:%s\n",
			c.inputs[0].Name, c.rival.Letter, shorten(c.rival.Name), name, c.comment(""))
	case unused:
		fmt.Fprintf(b, "  %s: %s%s\n", name, ignore, c.comment("not used"))
	case repeated:
		fmt.Fprintf(b, "  # %s\n", c.repetition())
	case nameless:
		fmt.Fprintf(b, "%s\n", c.comment("column "+c.column.Letter+" has no heading that can be named, and is not used"))
	}
}

// repetition explains a second column with the same heading.
func (c *proposedColumn) repetition() string {
	words := fmt.Sprintf("column %s is called as column %s is: one line speaks for both", c.column.Letter, c.rival.Letter)
	if len(c.inputs) > 0 {
		words += fmt.Sprintf("; rename one of them in the file, as one alone can give %s", c.inputs[0].Name)
	}
	return words
}

func (c *proposedColumn) candidates() string {
	names := make([]string, len(c.inputs))
	for i, in := range c.inputs {
		names[i] = in.Name
	}
	return strings.Join(names, " or ")
}

// comment shows the first value, which helps to see what a column is for.
func (c *proposedColumn) comment(words string) string {
	var parts []string
	if words != "" {
		parts = append(parts, words)
	}
	if c.column.Hidden {
		parts = append(parts, "hidden")
	}
	if c.sample != "" {
		parts = append(parts, "such as "+shorten(c.sample))
	}
	if parts == nil {
		return ""
	}
	return "  # " + strings.Join(parts, "; ")
}

// writeDefaults asks for a value for each field that no column gives.
func (p *Proposal) writeDefaults(b *bytes.Buffer) {
	b.WriteString("\n# One value for all offices, where no column gives it or its cell is empty.\n")
	if len(p.missing) > 0 {
		b.WriteString("# Every office needs these: give a value here, or name the column above.\n")
	}
	b.WriteString("defaults:\n")
	for _, f := range p.missing {
		fmt.Fprintf(b, "  %s:  # %s\n", f.Name, validHint(f))
	}
	for _, f := range p.maybe {
		fmt.Fprintf(b, "  # %s: needed too, unless one of the unsure columns gives it; %s\n", f.Name, validHint(f))
	}
	if !p.e911 {
		b.WriteString("  # use_same_address: yes  # the E911 address, which AU, CA, FR, GB, NZ and US need, is the billing address\n")
	}
}

// maxWanted is how many valid values a hint lists.
const maxWanted = 12

func validHint(f *office.Field) string {
	switch {
	case f.Kind == office.Bool:
		return "yes or no"
	case f.Values != nil && len(f.Values) <= maxWanted:
		return "one of " + strings.Join(f.Values, ", ")
	}
	return "such as " + f.Example
}

// plainName matches a heading that YAML reads as it is.
var plainName = regexp.MustCompile(`^\pL[\pL\pN]*(?:[ _./()-]?[\pL\pN]+)*$`)

// yamlText is a text as a name in YAML, in quotes if needed. Go's escapes are valid in YAML too.
func yamlText(text string) string {
	if plainName.MatchString(text) {
		return text
	}
	return strconv.Quote(text)
}

// maxShown is how many characters of a text a comment shows.
const maxShown = 40

// shorten quotes the beginning of a text, on one line.
func shorten(text string) string {
	if runes := []rune(text); len(runes) > maxShown {
		return strconv.Quote(string(runes[:maxShown])) + "..."
	}
	return strconv.Quote(text)
}
