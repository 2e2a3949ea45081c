package simulator

import (
	"fmt"
	"strconv"
	"strings"
)

// Fault is one thing that can go wrong with a call. "Before" means that the server fails before it does what the call
// asks for, and never does it; "after" means that it has done it. Calls that change nothing have the same faults, but
// before and after then look alike.
type Fault int

// The faults. Their texts don't change, because scripts may use them.
const (
	None            Fault = iota
	AnswerLost            // done; the connection closes without an answer
	ResetBefore           // the connection is reset
	ResetAfter            // done; the connection is reset
	HangBefore            // no answer until the client goes away
	HangAfter             // done; no answer until the client goes away
	Status500Before       // an error in the API's shape
	Status500After        // done; but the answer is that error
	Status502Before
	Status502After
	Status503Before
	Status503After
	Status504Before
	Status504After
	Status408Before // a 4xx that isn't a refusal
	Status408After
	Status409Before
	Status409After
	Status425Before
	Status425After
	TruncatedBody   // done; the connection closes in the middle of the answer
	GarbageBody     // done; the answer claims to be JSON but isn't
	HTMLPage        // a proxy's page, with status 200
	HTMLError       // a proxy's page, with status 503
	TooManySeconds  // 429 with Retry-After in seconds
	TooManyDate     // 429 with a date in Retry-After
	TooManyUnsaid   // 429 without Retry-After
	Redirect302     // a redirect that many clients follow with a GET
	Redirect307     // a redirect after which many clients send a POST again
	LateListing     // done and answered; the list shows the office only later
	Limited400After // done; but the answer speaks of a rate limit, as a gateway may after a time-out of its own
	Limited500After
	Limited502After
	Limited503After
	faultCount
)

// effect is what a fault does.
type effect struct {
	name  string
	after bool // the call is done
	spoil func(reply) reply
}

// effects has an entry for each fault.
var effects = [faultCount]effect{
	None:            {"none", true, unspoiled},
	AnswerLost:      {"answer-lost", true, sentBy(lost)},
	ResetBefore:     {"reset-before", false, sentBy(reset)},
	ResetAfter:      {"reset-after", true, sentBy(reset)},
	HangBefore:      {"hang-before", false, sentBy(hung)},
	HangAfter:       {"hang-after", true, sentBy(hung)},
	Status500Before: {"500-before", false, failedWith(500)},
	Status500After:  {"500-after", true, failedWith(500)},
	Status502Before: {"502-before", false, failedWith(502)},
	Status502After:  {"502-after", true, failedWith(502)},
	Status503Before: {"503-before", false, failedWith(503)},
	Status503After:  {"503-after", true, failedWith(503)},
	Status504Before: {"504-before", false, failedWith(504)},
	Status504After:  {"504-after", true, failedWith(504)},
	Status408Before: {"408-before", false, failedWith(408)},
	Status408After:  {"408-after", true, failedWith(408)},
	Status409Before: {"409-before", false, failedWith(409)},
	Status409After:  {"409-after", true, failedWith(409)},
	Status425Before: {"425-before", false, failedWith(425)},
	Status425After:  {"425-after", true, failedWith(425)},
	TruncatedBody:   {"truncated", true, sentBy(truncated)},
	GarbageBody:     {"garbage", true, garbled},
	HTMLPage:        {"html-200", false, pageWith(200)},
	HTMLError:       {"html-503", false, pageWith(503)},
	TooManySeconds:  {"429-seconds", false, heldUp(InSeconds)},
	TooManyDate:     {"429-date", false, heldUp(AsDate)},
	TooManyUnsaid:   {"429-unsaid", false, heldUp(Unsaid)},
	Redirect302:     {"302", false, sentAway(302)},
	Redirect307:     {"307", false, sentAway(307)},
	LateListing:     {"late-listing", true, unspoiled},
	Limited400After: {"400-limited-after", true, limitedWith(400)},
	Limited500After: {"500-limited-after", true, limitedWith(500)},
	Limited502After: {"502-limited-after", true, limitedWith(502)},
	Limited503After: {"503-limited-after", true, limitedWith(503)},
}

// String returns the name of the fault, such as "answer-lost".
func (f Fault) String() string {
	if f < 0 || f >= faultCount {
		return "Fault(" + strconv.Itoa(int(f)) + ")"
	}
	return effects[f].name
}

// AllFaults returns all faults in order, without None.
func AllFaults() []Fault {
	all := make([]Fault, 0, faultCount)
	for f := None + 1; f < faultCount; f++ {
		all = append(all, f)
	}
	return all
}

// ParseFault returns the fault with a name as String returns it.
func ParseFault(text string) (Fault, error) {
	for f := range effects {
		if effects[f].name == text {
			return Fault(f), nil
		}
	}
	return None, fmt.Errorf("%q is not a fault; faults are none, %s", text, faultNames())
}

func faultNames() string {
	var names []string
	for _, f := range AllFaults() {
		names = append(names, f.String())
	}
	return strings.Join(names, ", ")
}

// Creates reports whether the server does what a call with this fault asks for.
func (f Fault) Creates() bool { return effects[f].after }
