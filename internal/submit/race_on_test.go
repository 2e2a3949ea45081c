//go:build race

package submit

import "time"

// longRun is shorter under the race detector, which is ten times as slow.
const longRun = 20 * time.Minute

// everyDrill leaves out most of the drills there.
const everyDrill = false
