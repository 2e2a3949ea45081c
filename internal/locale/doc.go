// Package locale knows countries, states and provinces, postal codes, telephone numbers and time zones, in the many
// ways in which people write them.
//
// It returns codes and never guesses: if something isn't certain, it isn't ok. The Near functions are only for
// messages ("did you mean"); their results must not be sent without asking.
//
// The tables are generated from the Unicode CLDR and Google's address metadata (see generate; NOTICE.md has their
// licences). They are read on first use, which takes a few milliseconds. Everything here is safe for concurrent use.
package locale

//go:generate go run ./generate -packages $LOCALE_PACKAGES -out data
