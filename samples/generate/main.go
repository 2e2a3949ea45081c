// Command generate makes spreadsheets of made-up offices. All rows are valid, and the same seed gives the same rows.
//
//	go run ./samples/generate -rows 5000 -o offices-5000.csv
//	go run ./samples/generate -rows 100000 -columns 40 -seed 7 -o big.xlsx
//	go run ./samples/generate -from samples/offices.csv -o samples/offices.xlsx
//
// The last one copies the rows of a CSV file with the template's headings into the template.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(2)
	}
}

func run(args []string) error {
	flags := flag.NewFlagSet("generate", flag.ExitOnError)
	out := flags.String("o", "", "`FILE` to write, .csv or .xlsx; one that is there is replaced")
	from := flags.String("from", "", "CSV `FILE` to fill into the template, instead of made-up rows")
	rows := flags.Int("rows", 5000, "how many offices")
	columns := flags.Int("columns", allColumns, "how many columns: the first of the template's")
	seed := flags.Uint64("seed", 1, "another seed makes other offices")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 || *out == "" {
		return errors.New("usage: generate [-rows N] [-columns N] [-seed N] [-from FILE.csv] -o FILE")
	}
	if *from != "" {
		return fillTemplate(*from, *out)
	}
	if err := checkColumns(*columns); err != nil {
		return err
	}
	return write(*out, newMaker(*columns, *seed), *rows)
}

// write chooses the format by the file's extension.
func write(path string, m *maker, rows int) error {
	switch filepath.Ext(path) {
	case ".csv":
		return writeCSV(path, m, rows)
	case ".xlsx":
		return writeWorkbook(path, m, rows)
	}
	return fmt.Errorf("%q ends neither in .csv nor in .xlsx", path)
}
