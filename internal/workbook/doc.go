// Package workbook marks cells in workbooks that are handed to a person: it
// paints them, and puts notes on them.
package workbook
