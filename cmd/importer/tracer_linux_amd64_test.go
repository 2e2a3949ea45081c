package main

import (
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"syscall"
)

// tracer runs a program and stops it before and after each of its system calls, as
// strace does. strace itself counts the calls of each thread separately, but a Go
// program's steps move between threads.
type tracer struct {
	pid    int
	inside map[int]*call // threads that are in a system call
	watch  func(*call) action
}

// call is a system call of the program, before or after it is done.
type call struct {
	thread int
	number uint64
	args   [6]uint64
	done   bool
	result int64         // once it is done; errors are negative
	errno  syscall.Errno // what it returns without being done
}

// action is what happens to a program at a system call. The zero value is nothing.
type action struct {
	kill  bool          // before the call, which is not done
	errno syscall.Errno // before the call, which is not done and returns this
	bytes uint64        // before a write, which writes only this many bytes
}

const (
	killWithTracer = 0x100000 // PTRACE_O_EXITKILL
	syscallStop    = syscall.SIGTRAP | 0x80
)

// trace runs a program to its end. watch is called before and after each system call
// of any thread. It may look at all threads while it runs.
func trace(command *exec.Cmd, watch func(*call) action) (status syscall.WaitStatus, err error) {
	runtime.LockOSThread() // ptrace ties the program to one thread of the tracer
	defer runtime.UnlockOSThread()
	command.SysProcAttr = &syscall.SysProcAttr{Ptrace: true, Setpgid: true} // a process group, to wait for this program only
	if err := command.Start(); err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, command.Process.Release()) }()
	t := &tracer{pid: command.Process.Pid, inside: map[int]*call{}, watch: watch}
	if _, err := syscall.Wait4(t.pid, &status, 0, nil); err != nil {
		return 0, err
	}
	if !status.Stopped() {
		return 0, fmt.Errorf("the program can't be traced: wait status %#x", status)
	}
	if err := syscall.PtraceSetOptions(t.pid, syscall.PTRACE_O_TRACESYSGOOD|syscall.PTRACE_O_TRACECLONE|killWithTracer); err != nil {
		return 0, err
	}
	return t.run()
}

// run lets the program continue from stop to stop.
func (t *tracer) run() (status syscall.WaitStatus, err error) {
	for thread := t.pid; ; {
		signal := t.stopped(thread, status)
		if err := syscall.PtraceSyscall(thread, int(signal)); err != nil && !errors.Is(err, syscall.ESRCH) { // gone: it was killed
			return 0, err
		}
		for {
			if thread, err = syscall.Wait4(-t.pid, &status, syscall.WALL, nil); err != nil {
				return 0, err
			}
			if status.Stopped() {
				break
			}
			if delete(t.inside, thread); thread == t.pid {
				return status, nil
			}
		}
	}
}

// stopped returns the signal to deliver to a thread that has stopped.
func (t *tracer) stopped(thread int, status syscall.WaitStatus) syscall.Signal {
	switch signal := status.StopSignal(); signal {
	case syscallStop:
		t.atCall(thread)
	case syscall.SIGTRAP, syscall.SIGSTOP, -1: // from tracing itself: the program or a thread starts
	default:
		return signal
	}
	return 0
}

// atCall handles a thread before or after a system call. If it was killed meanwhile,
// its registers are not readable.
func (t *tracer) atCall(thread int) {
	var regs syscall.PtraceRegs
	if syscall.PtraceGetRegs(thread, &regs) != nil {
		return
	}
	c := t.inside[thread]
	if c == nil {
		c = &call{thread: thread, number: regs.Orig_rax, args: [6]uint64{regs.Rdi, regs.Rsi, regs.Rdx, regs.R10, regs.R8, regs.R9}}
		t.inside[thread] = c
		t.do(c, &regs)
		return
	}
	delete(t.inside, thread)
	if c.errno != 0 {
		regs.Rax = uint64(-int64(c.errno))
		_ = syscall.PtraceSetRegs(thread, &regs) // gone: it was killed
	}
	c.done, c.result = true, int64(regs.Rax)
	t.do(c, &regs)
}

func (t *tracer) do(c *call, regs *syscall.PtraceRegs) {
	d := t.watch(c)
	switch {
	case d.kill:
		_ = syscall.Kill(t.pid, syscall.SIGKILL) // it can't fail, as the program is stopped
	case d.errno != 0:
		c.errno = d.errno
		regs.Orig_rax = ^uint64(0) // no system call has this number
		_ = syscall.PtraceSetRegs(c.thread, regs)
	case d.bytes != 0:
		regs.Rdx = d.bytes
		_ = syscall.PtraceSetRegs(c.thread, regs)
	}
}

// memory reads the program's memory, up to the first byte that can't be read.
func (c *call) memory(address, size uint64) []byte {
	data := make([]byte, size)
	n, _ := syscall.PtracePeekData(c.thread, uintptr(address), data)
	return data[:n]
}
