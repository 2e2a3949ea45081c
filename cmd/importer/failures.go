package main

import (
	"fmt"
	"strconv"
	"strings"
)

// failures is --max-failures: a number of rows, or a share of those that are valid.
type failures struct {
	text    string
	number  int
	percent bool
}

// Set reads "20" or "5%".
func (f *failures) Set(text string) error {
	digits, percent := strings.CutSuffix(text, "%")
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || percent && n > 100 {
		return fmt.Errorf("a number of rows, or 1%% to 100%%")
	}
	*f = failures{text, n, percent}
	return nil
}

func (f *failures) String() string { return f.text }

// Type is the word for the value in help.
func (f *failures) Type() string { return "N" }

// of is the bound for so many rows; 0 where there is none.
func (f *failures) of(rows int) int {
	if !f.percent {
		return f.number
	}
	return max(1, rows*f.number/100)
}
