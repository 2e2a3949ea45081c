//go:build race

package apitest

import "time"

// LongRun is shorter under the race detector, which is ten times as slow.
const LongRun = 20 * time.Minute

// AllVariants is false here: under the race detector most variants are too slow.
const AllVariants = false
