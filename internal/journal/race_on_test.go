//go:build race

package journal

// usualBound is smaller under the race detector, which is ten times as slow.
var usualBound = budget{faults: 1, crashes: 1, together: 1}
