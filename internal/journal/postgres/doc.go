// Package postgres is the journal of a company in PostgreSQL: what report.Journal
// is for one file on one host, for several processes on several hosts.
//
// A row is claimed by its Begin, and so is its name: the database refuses a
// second one (functions begin_row and finish_row in schema.sql). A process
// holds what it has begun for as long as its lease lasts, which a heartbeat
// renews; what a dead process held is taken over by one other (take_over), as a
// row in doubt. The lease is checked by this process's own clocks once more
// when a request is about to be written to its connection (lease.go), so that a
// process that was stopped for a while sends nothing that is another's by now.
//
// Quota shares the limit of calls among all processes.
package postgres
