//go:build !race

package apitest

import (
	"time"
)

// LongRun is how long, in fake time, a test of a long run lasts.
const LongRun = 2 * time.Hour

// AllVariants says whether to run all variants of the limit tests.
const AllVariants = true
