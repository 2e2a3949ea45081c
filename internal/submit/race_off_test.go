//go:build !race

package submit

import "time"

const longRun = 2 * time.Hour

const everyDrill = true
