package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// step is a system call that matters for the rows: it changes a file that outlives
// the program, or sends something to the server.
type step struct {
	call *call
	on   string // journal, smaller (the new file of a compaction), report, state, folder or network
	path string // of the file
	data []byte // that is written
}

// name returns the kind of step, such as "journal write Begin".
func (s *step) name() string {
	name := s.on + " " + stepNames[s.call.number]
	if s.on == "journal" && s.call.number == syscall.SYS_PWRITE64 {
		return name + " " + lineKinds[firstKind(s.data)]
	}
	if method, _, _ := bytes.Cut(s.data, []byte(" ")); s.on == "network" && len(method) > 0 {
		return name + " " + string(method)
	}
	return name
}

var stepNames = map[uint64]string{
	syscall.SYS_OPENAT: "open", syscall.SYS_FLOCK: "lock", syscall.SYS_MKDIRAT: "make", syscall.SYS_UNLINKAT: "remove",
	syscall.SYS_WRITE: "write", syscall.SYS_PWRITE64: "write", syscall.SYS_FSYNC: "sync", syscall.SYS_FTRUNCATE: "cut",
	syscall.SYS_RENAMEAT: "rename", syscall.SYS_CONNECT: "connect", syscall.SYS_READ: "read",
}

var lineKinds = map[byte]string{'H': "header", 'R': "baseline", 'B': "Begin", 'F': "Finish", 'C': "cut"}

// firstKind returns the kind of the first line of a batch.
func firstKind(lines []byte) byte {
	fields := bytes.SplitN(lines, []byte(" "), 4)
	if len(fields) < 4 || len(fields[2]) != 1 {
		return 0
	}
	return fields[2][0]
}

// folder is the working directory of the program.
type folder string

// stepOf returns the step that a system call is; nil if it is not a step. Reading an
// answer is a step only if there was something to read.
func (f folder) stepOf(c *call) *step {
	s := &step{call: c}
	switch c.number {
	case syscall.SYS_FLOCK, syscall.SYS_FSYNC, syscall.SYS_FTRUNCATE, syscall.SYS_CONNECT:
		s.path = c.file()
	case syscall.SYS_READ:
		if s.path = c.file(); !c.done || c.result <= 0 || f.onWhat(s.path) != "network" {
			return nil
		}
	case syscall.SYS_WRITE, syscall.SYS_PWRITE64:
		if s.path = c.file(); f.onWhat(s.path) != "" {
			s.data = c.memory(c.args[1], c.args[2])
		}
	case syscall.SYS_OPENAT:
		if c.args[2]&(syscall.O_CREAT|syscall.O_WRONLY|syscall.O_RDWR) != 0 {
			s.path = c.text(c.args[1])
		}
	case syscall.SYS_RENAMEAT, syscall.SYS_UNLINKAT, syscall.SYS_MKDIRAT:
		s.path = c.text(c.args[1])
	}
	if s.on = f.onWhat(s.path); s.on == "" {
		return nil
	}
	return s
}

// onWhat returns what a file is for the program; empty if it does not matter.
func (f folder) onWhat(path string) string {
	name := filepath.Base(path)
	switch {
	case strings.HasPrefix(path, "socket:"):
		return "network"
	case strings.HasSuffix(name, ".journal"):
		return "journal"
	case strings.HasSuffix(name, ".journal.new"):
		return "smaller"
	case strings.Contains(name, ".report.csv"):
		return "report"
	case strings.HasPrefix(path, filepath.Join(string(f), "state")):
		return "state"
	case path == string(f):
		return "folder"
	}
	return ""
}

// file returns the path of the file descriptor in the first argument.
func (c *call) file() string {
	path, _ := os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", c.thread, c.args[0])) // empty if it was closed
	return path
}

// text returns the C string at an address, up to the length of a path.
func (c *call) text(address uint64) string {
	var text []byte
	for len(text) < 4096 {
		more := c.memory(address+uint64(len(text)), 8)
		before, _, ends := bytes.Cut(more, []byte{0})
		text = append(text, before...)
		if ends || len(more) == 0 {
			break
		}
	}
	return string(text)
}
