// Package mapping turns the rows of a Sheet into requests: it finds out which
// column fills which field, reads cells as the kind of their field wants it,
// and says what is wrong with a row, all of it at once.
//
// No value is changed silently. A cell is sent as it stands, or read by a rule
// that is noted beside the request (office.Reading), or refused with what
// would be right. It knows no file format and no network.
package mapping
