//go:build linux || darwin

package main

import (
	"cmp"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// The benchmarks compare `importer check` with only reading the same file by the
// usual library for its format. Each runs as a process of its own, to measure its
// time and peak memory; they take turns, so that a busy machine slows both. Look at
// the ratios, which mean the same on every machine.

const (
	benchTurns   = 5 // runs of each program
	benchColumns = 40
)

// BenchmarkCheckCSV should stay below 3 x-bare.
func BenchmarkCheckCSV(b *testing.B) { compare(b, "offices.csv", 100_000) }

// BenchmarkCheckXLSX should stay below 1 x-bare and 150 MB-peak.
func BenchmarkCheckXLSX(b *testing.B) { compare(b, "offices.xlsx", 20_000) }

// BenchmarkCheckMillion should stay below 200 B-a-row: the peak memory for one more
// row. Both files are too large to keep in memory.
func BenchmarkCheckMillion(b *testing.B) {
	const few, many = 200_000, 1_000_000
	programs := buildPrograms(b)
	check := func(rows int) usage {
		return programs.run(b, "importer", "check", programs.generate(b, "offices.csv", rows))
	}
	small, large := check(few), check(many)
	b.ReportMetric(float64(large.peak-small.peak)/(many-few), "B-a-row")
	present(b, []usage{large})
}

// compare runs check and bareread on the same file, in turns.
func compare(b *testing.B, name string, rows int) {
	programs := buildPrograms(b)
	file := programs.generate(b, name, rows)
	var checks, bare []usage
	var wall, cpu []float64
	for range benchTurns {
		bare = append(bare, programs.run(b, "bareread", file))
		checks = append(checks, programs.run(b, "importer", "check", file))
		last := len(checks) - 1
		wall = append(wall, float64(checks[last].wall)/float64(bare[last].wall))
		cpu = append(cpu, float64(checks[last].cpu)/float64(bare[last].cpu))
	}
	b.ReportMetric(median(wall), "x-bare")
	b.ReportMetric(median(cpu), "x-bare-cpu")
	present(b, checks)
}

func present(b *testing.B, checks []usage) {
	fastest := slices.MinFunc(checks, func(u, v usage) int { return cmp.Compare(u.wall, v.wall) })
	largest := slices.MaxFunc(checks, func(u, v usage) int { return cmp.Compare(u.peak, v.peak) })
	b.ReportMetric(fastest.wall.Seconds(), "s-check")
	b.ReportMetric(float64(largest.peak)/1e6, "MB-peak")
	b.ReportMetric(0, "ns/op") // means nothing here
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// programs is a folder with the importer, the generator of its files, and the
// program that it is compared with.
type programs string

func buildPrograms(b *testing.B) programs {
	p := programs(b.TempDir())
	build := exec.CommandContext(b.Context(), "go", "build", "-o", string(p), ".", "./testdata/bareread", "../../samples/generate")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return p
}

func (p programs) generate(b *testing.B, name string, rows int) (path string) {
	path = filepath.Join(string(p), name)
	p.run(b, "generate", "-rows", strconv.Itoa(rows), "-columns", strconv.Itoa(benchColumns), "-o", path)
	return path
}

// usage is the time and memory that a process used.
type usage struct {
	wall, cpu time.Duration
	peak      int64 // bytes of memory
}

func (p programs) run(b *testing.B, name string, args ...string) usage {
	command := exec.CommandContext(b.Context(), filepath.Join(string(p), name), args...)
	start := time.Now()
	if out, err := command.CombinedOutput(); err != nil {
		b.Fatalf("%s: %v: %s", name, err, out)
	}
	u := usage{wall: time.Since(start), cpu: command.ProcessState.UserTime() + command.ProcessState.SystemTime()}
	u.peak = int64(command.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)
	if runtime.GOOS == "linux" {
		u.peak *= 1024 // it counts in KiB
	}
	return u
}
