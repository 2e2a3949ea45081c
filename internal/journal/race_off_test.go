//go:build !race

package journal

// usualBound is how many faults and crashes TestExplore goes through unless told otherwise.
var usualBound = budget{faults: 2, crashes: 1, together: 2}
