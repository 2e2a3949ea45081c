// Package report keeps what a run must not forget, and tells what became of
// it: the Journal, the lock that lets one run at a time work for a company on
// a host, and the reports and the summary that are made from both.
//
// The journal is pessimistic: a row is unknown on disk before its request
// leaves, so a crash at any moment needs no state of its own. Reports can be
// made from it again at any time.
package report
