// Package report tells what became of every row: the reports in CSV and JSON
// lines, the summary, and reading and comparing reports. The page and the
// workbook are packages of their own.
package report
