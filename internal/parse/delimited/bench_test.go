package delimited

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"officeimporter/internal/parse/sheet"
)

const benchRows, benchColumns = 100_000, 40

// benchFile writes a table in which every twentieth row has quotes.
func benchFile(b *testing.B) string {
	var text strings.Builder
	for i := range benchColumns {
		fmt.Fprintf(&text, "heading_%d,", i)
	}
	text.WriteString("last\n")
	for row := range benchRows {
		for i := range benchColumns {
			if i == 3 && row%20 == 0 {
				text.WriteString(`"1 Example Way, Floor 2",`)
				continue
			}
			fmt.Fprintf(&text, "cell %d,", row+i)
		}
		text.WriteString("x\n")
	}
	path := filepath.Join(b.TempDir(), "bench.csv")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(text.Len()))
	return path
}

// BenchmarkOpenAndRead is to be compared with BenchmarkEncodingCSV.
func BenchmarkOpenAndRead(b *testing.B) {
	path := benchFile(b)
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		s, err := openTextAt(path, sheet.Options{})
		if err != nil {
			b.Fatal(err)
		}
		rows := 0
		for _, err := range s.Rows() {
			if err != nil {
				b.Fatal(err)
			}
			rows++
		}
		if err := s.Close(); err != nil || rows != benchRows {
			b.Fatalf("%d rows, %v", rows, err)
		}
	}
}

func BenchmarkEncodingCSV(b *testing.B) {
	path := benchFile(b)
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		f, err := os.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		for r := csv.NewReader(f); ; {
			if _, err := r.Read(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
		f.Close()
	}
}
