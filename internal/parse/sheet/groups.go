package sheet

// withSubtitles moves down one row where the titles of groups were taken for
// the heading: "name, country, billing_address" over ", , city".
func withSubtitles(top []Row, index, known int, o Options) int {
	if index+1 < len(top) {
		if below, _ := CountKnown(HeadingRow(top, index+1, o), o); below > known {
			return index + 1
		}
	}
	return index
}

// HeadingRow is row index of top as a heading. Where the heading takes two
// rows, a cell below the title of a group is called "group.sub", provided that
// this is a heading that is known; an empty cell is called as the one above.
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

// joinTitles is false where no pair of titles is a known heading. A group's
// title stands above its first column; the columns to the right are blank.
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
