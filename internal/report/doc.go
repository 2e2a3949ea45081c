// Package report says what happened to every row: the CSV and JSON lines reports, the summary, and reading and
// comparing reports. The review page and the workbook report are in packages html and book.
package report
