// Package mapping turns the rows of a Sheet into requests: it finds out which column fills which field, reads each
// cell as the kind of its field requires, and reports everything that is wrong with a row at once.
//
// No value is changed silently. A cell is sent as it is, or read by a rule that the request records
// (office.Reading), or refused with a suggestion. The package knows nothing of file formats and networks.
package mapping
