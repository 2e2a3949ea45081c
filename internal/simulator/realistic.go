package simulator

import "time"

// Realistic returns a configuration for rehearsals: Dialpad's limits, answers after a quarter of a second, and a
// failure in about one of six POSTs. The caller may change it.
//
// It leaves out what rightly stops a run or leaves a row to a person: redirects, and successes that are claimed for
// offices that don't exist. One POST in 170 hangs for as long as the client waits, so a rehearsal should have a short
// time-out.
func Realistic(seed uint64) Config {
	return Config{
		Seed:    seed,
		Limits:  DocumentedLimits(),
		Latency: Latency{Before: 60 * time.Millisecond, After: 90 * time.Millisecond, Jitter: 100 * time.Millisecond},
		Faults:  Faults{Post: realisticPost(), Get: realisticGet(), Late: Late{Share: 0.1, By: time.Second}},
	}
}

func realisticPost() Mix {
	return Mix{
		AnswerLost: 0.02, ResetBefore: 0.015, ResetAfter: 0.015, HangBefore: 0.003, HangAfter: 0.003,
		Status500Before: 0.01, Status500After: 0.01, Status502Before: 0.005, Status502After: 0.01,
		Status503Before: 0.01, Status503After: 0.005, Status504Before: 0.005, Status504After: 0.01,
		TruncatedBody: 0.01, GarbageBody: 0.01, HTMLError: 0.01,
		TooManySeconds: 0.003, TooManyDate: 0.003, TooManyUnsaid: 0.003,
		Status408Before: 0.002, Status408After: 0.002, Status409After: 0.002, Status425Before: 0.002,
	}
}

func realisticGet() Mix {
	return Mix{
		AnswerLost: 0.01, ResetBefore: 0.01, Status500Before: 0.01, Status503Before: 0.01,
		TruncatedBody: 0.01, GarbageBody: 0.005, HTMLError: 0.005, TooManySeconds: 0.005,
	}
}
