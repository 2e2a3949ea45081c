//go:build race

package apitest

import "time"

// LongRun is shorter under the race detector, which is ten times as slow.
const LongRun = 20 * time.Minute

// EveryDrill leaves out most of the drills there.
const EveryDrill = false
