package sheet

// withSubtitles moves down one row if what looked like the heading was a row of group titles, as in "name, country,
// billing_address" over ", , city".
func withSubtitles(top []Row, index, known int, o Options) int {
	if index+1 < len(top) {
		if below, _ := CountKnown(HeadingRow(top, index+1, o), o); below > known {
			return index + 1
		}
	}
	return index
}

// HeadingRow is row index of top, read as a heading. If the heading takes two rows, a cell below a group title
// becomes "group.sub" where that is a known heading, and an empty cell takes the title above it.
func HeadingRow(top []Row, index int, o Options) Row {
	row := top[index]
	if index == 0 || o.Known == nil {
		return row
	}
	joined, ok := joinTitles(top[index-1].Cells, row.Cells, o)
	if !ok {
		return row
	}
	row.Cells = joined
	return row
}

// joinTitles joins group titles and the titles below them. A group title is above the group's first column only. ok
// is false if no pair makes a known heading.
func joinTitles(groups, subs []Cell, o Options) (joined []Cell, ok bool) {
	joined = make([]Cell, max(len(groups), len(subs)))
	copy(joined, subs)
	var group Cell
	for i := range joined {
		var above Cell
		if i < len(groups) {
			above = groups[i]
		}
		if above.Kind != Blank {
			group = above
		}
		pair := Cell{Kind: Text, Raw: headingText(group) + "." + headingText(joined[i])}
		switch {
		case joined[i].Kind == Blank:
			joined[i] = above
		case joined[i].Kind != Blank && o.knows(pair):
			joined[i], ok = pair, true
		}
	}
	return joined, ok
}
