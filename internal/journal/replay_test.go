package journal

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"officeimporter/internal/office"
)

// BenchmarkReplay opens a journal of a million rows, two lines each. It should take less than 3 s,
// and keep less than 200 bytes a row in memory.
func BenchmarkReplay(b *testing.B) {
	const rows = 1_000_000
	path := filepath.Join(b.TempDir(), "j")
	b.SetBytes(writeRows(b, path, rows))
	var grown uint64
	for b.Loop() {
		before := liveBytes()
		j, err := Read(path)
		if err != nil || j.Len() != rows {
			b.Fatal(err)
		}
		grown = liveBytes() - before
		mustClose(b, j)
	}
	b.ReportMetric(float64(grown)/rows, "B-a-row")
}

// liveBytes returns how much memory the garbage collector can't free.
func liveBytes() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// writeRows writes what a run of many rows would, without its syncs.
func writeRows(b *testing.B, path string, rows int) int64 {
	b.Helper()
	mustClose(b, openFile(b, path))
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	out := bufio.NewWriter(f)
	var lines []byte
	for i := range rows {
		lines = appendRow(b, lines[:0], i)
		if _, err := out.Write(lines); err != nil {
			b.Fatal(err)
		}
	}
	info, err := f.Stat()
	if err != nil || out.Flush() != nil {
		b.Fatal(err)
	}
	return info.Size()
}

func appendRow(b *testing.B, lines []byte, i int) []byte {
	key, id := fmt.Sprintf("store number %d/US", i), fmt.Sprint(5068549370000000+i)
	digest := office.HashOf(key)
	text, err := json.Marshal(created(key, id))
	if err != nil {
		b.Fatal(err)
	}
	keyField := fmt.Sprintf("%x", digest[:])
	lines = appendLine(lines, uint64(i+2), 1, 2, content(begin, "unknown", keyField, "", text))
	return appendLine(lines, uint64(i+2), 2, 2, content(finish, "created", keyField, id, text))
}
