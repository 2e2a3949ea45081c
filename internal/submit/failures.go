package submit

import (
	"fmt"
	"sync/atomic"

	"officeimporter/internal/submit/api"
)

// Failures bounds how many rows may be refused in one run. The submitters of
// several companies may share it. Nil is no bound. It is safe for concurrent use.
type Failures struct {
	most    int64
	refused atomic.Int64
}

// NewFailures allows so many refused rows; nil, and no bound, where it is 0.
func NewFailures(most int) *Failures {
	if most == 0 {
		return nil
	}
	return &Failures{most: int64(most)}
}

// take counts an attempt's end, and says whether the run should stop.
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
