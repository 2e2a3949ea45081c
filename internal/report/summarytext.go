package report

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"

	"officeimporter/internal/office"
)

// WriteText writes the summary for people, without colours, borders or empty lines. If the counts don't add up, that
// comes first.
func (s *Summary) WriteText(w io.Writer) error {
	var b strings.Builder
	if err := s.Check(); err != nil {
		fmt.Fprintf(&b, "ERROR: %s\n\n", err)
	}
	fmt.Fprintf(&b, "%s: %s rows\n", s.Title(), Thousands(s.Read))
	s.facts(&b)
	s.outcomes(&b)
	writeList(&b, "companies", s.CompanyLines())
	s.groups(&b, "problems", &s.Problems)
	s.groups(&b, "warnings", &s.Warnings)
	s.paths(&b)
	writeList(&b, "notes", s.Notes)
	writeList(&b, "next", s.Next)
	_, err := io.WriteString(w, b.String())
	return err
}

// Title returns the name of the file, and of the sheet if there is one.
func (s *Summary) Title() string {
	if s.Sheet == "" {
		return s.File
	}
	return fmt.Sprintf("%s, sheet %q", s.File, s.Sheet)
}

func fact(b *strings.Builder, name, value string) {
	if value != "" {
		fmt.Fprintf(b, "  %-10s%s\n", name, value)
	}
}

func (s *Summary) facts(b *strings.Builder) {
	fact(b, "read as", s.ReadAs)
	fact(b, "server", s.Server)
	fact(b, "company", s.Company)
	fact(b, "plan", s.Plan)
	fact(b, "stopped", s.Stopped)
}

func (s *Summary) outcomes(b *strings.Builder) {
	width := len(Thousands(s.Added))
	if s.Added > 0 {
		b.WriteString("\n")
	}
	for _, o := range office.Outcomes() {
		if n := s.Counts[o]; n > 0 {
			fact(b, o.String(), fmt.Sprintf("%*s", width, Thousands(n))+s.ofThem(o))
		}
	}
	s.left(b)
}

// ofThem says how many of the offices are new, if not all of them are.
func (s *Summary) ofThem(o office.Outcome) string {
	if o != office.Created || s.New == s.Counts[o] || s.Verb != "run" {
		return ""
	}
	if s.New == 0 {
		return ", none of them by this run"
	}
	return fmt.Sprintf(", %s of them by this run", Thousands(s.New))
}

func (s *Summary) left(b *strings.Builder) {
	if s.Left.Count == 0 {
		return
	}
	var names []string
	for _, r := range s.Left.First {
		names = append(names, fmt.Sprintf("%q (%s)", r.Name, r.Country))
	}
	if s.Left.Count > len(names) {
		names = append(names, "...")
	}
	fact(b, "left", fmt.Sprintf("%s not in the file any more, whose offices stay: %s", Thousands(s.Left.Count), strings.Join(names, ", ")))
}

func (s *Summary) paths(b *strings.Builder) {
	if len(s.Reports) > 0 || s.Fix != "" || s.Journal != "" {
		b.WriteString("\n")
	}
	for _, path := range s.Reports {
		fact(b, "report", path)
	}
	fact(b, "fix file", s.Fix)
	fact(b, "journal", s.Journal)
}

func (s *Summary) groups(b *strings.Builder, title string, g *Groups) {
	var lines []string
	for _, entry := range g.Sorted() {
		lines = append(lines, entry.text(cmp.Or(s.Unit, "row")))
		if entry.Suggestion != "" {
			lines = append(lines, "    "+entry.Suggestion)
		}
	}
	writeList(b, title, lines)
}

func writeList(b *strings.Builder, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s\n", title)
	for _, line := range lines {
		fmt.Fprintf(b, "  %s\n", line)
	}
}

// text returns text such as "billing_address.region is empty: 1,204 rows (17, 22, 31, ...)".
func (g *Group) text(unit string) string {
	var b strings.Builder
	b.WriteString(g.Field)
	if g.Field != "" {
		b.WriteString(FieldSeparator(g.Message))
	}
	b.WriteString(g.Message)
	if g.Varied {
		b.WriteString(", and the like")
	}
	b.WriteString(g.where(unit))
	return b.String()
}

// where says how many rows a group has and which, or nothing if the group is about the whole file.
func (g *Group) where(unit string) string {
	switch {
	case g.Rows[0] == 0:
		return ""
	case g.Count == 1:
		return fmt.Sprintf(": %s %d", unit, g.Rows[0])
	}
	return fmt.Sprintf(": %s %ss (%s)", Thousands(g.Count), unit, g.RowList())
}

// FieldSeparator returns what goes between a field and a message: a colon if the message begins with a value.
func FieldSeparator(message string) string {
	if message != "" && 'a' <= message[0] && message[0] <= 'z' {
		return " "
	}
	return ": "
}

// RowList returns the numbers of the first rows, such as "17, 22, 31, ...".
func (g *Group) RowList() string {
	rows := make([]string, len(g.Rows))
	for i, row := range g.Rows {
		rows[i] = strconv.Itoa(row)
	}
	if g.Count > len(rows) {
		rows = append(rows, "...")
	}
	return strings.Join(rows, ", ")
}

// Thousands returns a number with thousands separators, such as "1,204".
func Thousands(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
