package submit

import (
	"fmt"
	"sync/atomic"

	"officeimporter/internal/submit/api"
)

// Failures limits how many rows may be refused in one run. The submitters of several companies may share it. A nil
// *Failures sets no limit. It is safe for concurrent use.
type Failures struct {
	most    int64
	refused atomic.Int64
}

// NewFailures allows this many refused rows. 0 returns nil: no limit.
func NewFailures(most int) *Failures {
	if most == 0 {
		return nil
	}
	return &Failures{most: int64(most)}
}

// count counts the outcome of an attempt. It returns why the run should stop, or nil.
func (f *Failures) count(a *api.Answer) *StopError {
	if f == nil || a.Verdict != api.Rejected && a.Verdict != api.Denied {
		return nil
	}
	refused := f.refused.Add(1)
	if refused <= f.most {
		return nil
	}
	return &StopError{Reason: StopFailures, Message: fmt.Sprintf("%d rows were refused, more than --max-failures allows", refused)}
}
