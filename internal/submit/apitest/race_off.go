//go:build !race

package apitest

import (
	"time"
)

const LongRun = 2 * time.Hour

const EveryDrill = true
