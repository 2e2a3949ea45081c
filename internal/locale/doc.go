// Package locale is what the world calls things: countries, states and
// provinces, postal codes, telephone numbers and time zones, in the many ways
// in which people write them.
//
// It answers with codes, and never guesses: what is not certain is not ok. The
// near functions serve messages only ("did you mean"); nothing they name may
// be sent unasked.
//
// The tables are generated (see generate) from the Unicode CLDR and from
// Google's address metadata; NOTICE.md has their licences. They are read on
// first use, in a few milliseconds. Everything here may be used concurrently.
package locale

//go:generate go run ./generate -packages $LOCALE_PACKAGES -out data
