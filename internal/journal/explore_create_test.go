package journal

import (
	"officeimporter/internal/submit/api"
)

// createResult is what may become of a creation.
type createResult struct {
	option
	verdict api.Verdict
	status  int // 0: no answer comes
	makes   effectOnServer
	effect  effect
}

// effect is what a creation's result means for the process.
type effect int

const (
	goesOn effect = iota
	crashes
	interrupted       // Ctrl-C while the call is under way
	interruptedAtGate // Ctrl-C before it leaves
)

var usualResults = []createResult{
	{option{what: "created"}, api.Accepted, 200, made, goesOn},
	{option{"created, listed late", oneFault}, api.Accepted, 200, madeLate, goesOn},
	{option{"no answer, made", oneFault}, api.Ambiguous, 0, made, goesOn},
	{option{"no answer, made, listed late", oneFault}, api.Ambiguous, 0, madeLate, goesOn},
	{option{"no answer, not made", oneFault}, api.Ambiguous, 0, notMade, goesOn},
	{option{"503, made", oneFault}, api.Ambiguous, 503, made, goesOn},
	{option{"503, made, listed late", oneFault}, api.Ambiguous, 503, madeLate, goesOn},
	{option{"503, not made", oneFault}, api.Ambiguous, 503, notMade, goesOn},
	{option{"2xx without an id, made", oneFault}, api.Claimed, 200, made, goesOn},
	{option{"2xx without an id, made, listed late", oneFault}, api.Claimed, 200, madeLate, goesOn},
	{option{"2xx without an id, not made", oneFault}, api.Claimed, 200, notMade, goesOn},
	{option{"429", oneFault}, api.Throttled, 429, notMade, goesOn},
	{option{"refused", oneFault}, api.Rejected, 400, notMade, goesOn},
	{option{"denied", oneFault}, api.Denied, 403, notMade, goesOn},
	{option{"key refused", oneFault}, api.KeyRefused, 401, notMade, goesOn},
	{option{"redirected, made", oneFault}, api.Redirected, 307, made, goesOn},
	{option{"redirected, not made", oneFault}, api.Redirected, 307, notMade, goesOn},
	{option{"never written", oneFault}, api.NotSent, 0, notMade, goesOn},
	{option{"interrupted before it leaves", oneFault}, 0, 0, notMade, interruptedAtGate},
	{option{"interrupted, created", oneFault}, api.Accepted, 200, made, interrupted},
	{option{"crash, made", oneCrash}, 0, 0, made, crashes},
	{option{"crash, made, listed late", oneCrash}, 0, 0, madeLate, crashes},
	{option{"crash, not made", oneCrash}, 0, 0, notMade, crashes},
}

// tooLateResults break the assumption about the window.
var tooLateResults = []createResult{
	{option{"no answer, made, listed after the window", oneFault}, api.Ambiguous, 0, madeTooLate, goesOn},
	{option{"503, made, listed after the window", oneFault}, api.Ambiguous, 503, madeTooLate, goesOn},
}

func (s *scenario) createResults() []createResult {
	if s.tooLate {
		return append(usualResults[:len(usualResults):len(usualResults)], tooLateResults...)
	}
	return usualResults
}

func optionsOf(all []createResult) []option {
	options := make([]option, len(all))
	for i := range all {
		options[i] = all[i].option
	}
	return options
}
