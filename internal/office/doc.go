// Package office is the domain: what an office is, the table of its fields, the rules that a request must follow, and
// the types that the other packages share (Problem, Request, Outcome, Result).
//
// It knows nothing about file formats, networks or terminals.
package office
