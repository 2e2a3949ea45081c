// Package postgres keeps the journal of a company in PostgreSQL. It serves several processes on several hosts, as
// package journal does one process with one file.
//
// A Begin claims its row and the row's name: the database refuses a second claim (functions begin_row and finish_row
// in schema.sql). A process holds what it has begun for as long as its lease lasts, which a heartbeat renews. What a
// dead process held, exactly one other takes over (take_over) as unknown rows. The lease is checked once more by this
// process's own clocks right before a request is written to its connection (lease.go), so that a process that was
// stopped for a while sends nothing that belongs to another by now.
//
// Quota shares the limit of calls among all processes.
package postgres
