// Package workbook marks cells in workbooks for people: it colours them and adds comments.
package workbook
