package mapping

import (
	"fmt"
	"slices"

	"officeimporter/internal/locale"
	"officeimporter/internal/mapping/headings"
	"officeimporter/internal/near"
	"officeimporter/internal/office"
	"officeimporter/internal/parse/sheet"
)

func (b *binder) column(c sheet.Column) {
	bound := Column{Column: c, Key: b.mapping.isKey(c.Name)}
	in := b.mapping.inputOf(c.Name)
	switch {
	case c.Name == "":
		b.unnamed = append(b.unnamed, sourceOf(c))
	case in != nil:
		bound.Input = in.Name
		b.bind(c, in)
	case !bound.Key:
		b.unknown(c)
	}
	if bound.Key {
		b.bindKey(c)
	}
	b.columns = append(b.columns, bound)
}

func (b *binder) bind(c sheet.Column, in *headings.Input) {
	for _, slot := range in.Slots {
		if other, ok := b.taken[slot]; ok {
			b.duplicate(c, other, in)
			return
		}
	}
	for _, slot := range in.Slots {
		b.taken[slot] = c
	}
	if in.Part == headings.Ignored {
		return
	}
	b.inputColumns[in] = c
	if c.Hidden {
		b.warnings = append(b.warnings, office.Problem{Column: c.Label(), Kind: HiddenColumn, Message: "is hidden, and is used for " + in.Name, Suggestion: "look at its values before you send them"})
	}
}

func (b *binder) bindKey(c sheet.Column) {
	if b.key != noColumn {
		b.problem(DuplicateHeader, c.Label(), "", "keep one of them", "two columns are the key: %q and %q", b.key.label, c.Label())
		return
	}
	b.key = sourceOf(c)
}

func (b *binder) problem(kind office.ProblemKind, column, field, suggestion, format string, args ...any) {
	b.problems = append(b.problems, office.Problem{Row: b.sheet.HeaderRow, Column: column, Field: field, Kind: kind, Message: fmt.Sprintf(format, args...), Suggestion: suggestion})
}

func (b *binder) duplicate(c, other sheet.Column, in *headings.Input) {
	field := in.Name
	if in.Field != nil {
		field = in.Field.Name
	}
	b.problem(DuplicateHeader, c.Label(), field, fmt.Sprintf("delete one of them, or write %q: ignore under columns in a mapping file", c.Label()),
		"gives %s, and so does %q in column %s", in.Name, other.Label(), other.Letter)
}

// unknown stops at a heading that looks misspelled, whose values would be lost. Any other unknown heading is simply a
// column that the program doesn't use.
func (b *binder) unknown(c sheet.Column) {
	similar, in := headings.NearHeading(c.Name)
	if in == nil {
		b.warnings = append(b.warnings, office.Problem{Row: b.sheet.HeaderRow, Column: c.Label(), Kind: UnusedColumn, Message: "is not used: no field goes by this heading", Suggestion: "name its field in a mapping file if it should be"})
		return
	}
	b.suggested = append(b.suggested, in)
	b.problem(UnknownHeader, c.Label(), "", fmt.Sprintf("did you mean %q? If not, write %q: ignore under columns in a mapping file", similar, c.Label()), "no field goes by this heading")
}

// checkMappingFile makes sure that the columns in the mapping file exist. A missing column is a problem if it gives a
// field, and a warning if it is to be ignored.
func (b *binder) checkMappingFile() {
	if b.mapping.file == nil {
		return
	}
	for _, rule := range b.mapping.file.Columns {
		if b.has(rule.Heading) {
			continue
		}
		if rule.Input.Part == headings.Ignored {
			b.warnings = append(b.warnings, office.Problem{Kind: UnusedMapping, Message: fmt.Sprintf("the mapping file ignores the column %q, which isn't there", rule.Heading), Suggestion: b.suggest(rule.Heading)})
			continue
		}
		b.suggested = append(b.suggested, rule.Input)
		b.problem(MissingColumn, "", rule.Input.Name, b.suggest(rule.Heading), "the mapping file names the column %q, which isn't there", rule.Heading)
	}
	if key := b.mapping.file.Key; key != "" && b.key == noColumn {
		b.problem(MissingColumn, "", "", b.suggest(key), "the mapping file names the key column %q, which isn't there", key)
	}
}

func (b *binder) has(heading string) bool {
	return slices.ContainsFunc(b.sheet.Columns, func(c sheet.Column) bool { return locale.Letters(c.Name) == locale.Letters(heading) })
}

func (b *binder) suggest(heading string) string {
	var names []string
	for _, c := range b.sheet.Columns {
		names = append(names, c.Name)
	}
	if like := near.First(heading, names, locale.Letters); like != "" {
		return fmt.Sprintf("did you mean %q?", like)
	}
	return "take it out of the mapping file, or give the file such a column"
}

// checkRequired reports fields that every office needs and nothing gives, unless a misspelled heading may mean them.
func (b *binder) checkRequired() {
	for i := range office.Fields {
		f := &office.Fields[i]
		in := headings.ByName(f.Name)
		_, given := b.inputColumns[in]
		if given || !b.mapping.isRequired(in) || b.givenInParts(f) || slices.Contains(b.suggested, in) {
			continue
		}
		b.problem(MissingColumn, "", f.Name, fmt.Sprintf("add a column %q, or give one value for all rows: --default %s=%s", f.Label, f.Name, f.Example),
			"every office needs it, and no column gives it")
	}
}

func (b *binder) givenInParts(f *office.Field) bool {
	return f.Name == headings.StreetLine && b.source("street_name") != noColumn
}
