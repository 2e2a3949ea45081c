//go:build !race

package journal

// usualBound is how many faults and crashes TestExplore goes through, unless
// it is told.
var usualBound = budget{faults: 2, crashes: 1, together: 2}
