// Package office is the domain: what an office is, the one table of its
// fields, the rules that a request must keep, and the words in which every
// other package speaks (Problem, Request, Outcome, Result).
//
// It knows no file format, no network and no terminal.
package office
