package mapping

// maxKnownDays bounds what a worker remembers; hours are few, however many
// rows a file has.
const maxKnownDays = 1024

// knownDays are texts that were read as the hours of a day: most rows repeat
// those of the rows before. Nil knows none.
type knownDays map[string]knownDay

type knownDay struct {
	value any // office.Hours, which nobody changes; nil where the text can't be used
	rule  string
}

// add remembers a text, unless it has a problem: that is to be told of every
// cell.
func (k *knownDays) add(text string, day knownDay) {
	if day.value == nil || len(*k) == maxKnownDays {
		return
	}
	if *k == nil {
		*k = knownDays{}
	}
	(*k)[text] = day
}
