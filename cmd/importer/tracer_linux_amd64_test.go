package main

import (
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"syscall"
)

// tracer runs a program and stops it before and after each of its system
// calls, as strace does. strace itself can't do what is needed here: it counts
// the calls of each thread apart, and the steps of a Go program wander from
// thread to thread.
type tracer struct {
	pid    int
	inside map[int]*call // threads that are in a system call
	watch  func(*call) deed
}

// call is a system call of the program: before it is done, or after.
type call struct {
	thread int
	number uint64
	args   [6]uint64
	done   bool
	result int64         // where it is done; an error is negative
	errno  syscall.Errno // what it returns instead of being done
}

// deed is what befalls a program at a system call. The zero deed is nothing.
type deed struct {
	kill  bool          // before the call: it isn't done
	errno syscall.Errno // before the call: it isn't done, and returns this
	bytes uint64        // before a write: of only so many bytes
}

const (
	killWithTracer = 0x100000 // PTRACE_O_EXITKILL
	syscallStop    = syscall.SIGTRAP | 0x80
)

// trace runs a program to its end. watch is asked before and after each system
// call of any of its threads, all of which it may look at as long as it runs.
func trace(command *exec.Cmd, watch func(*call) deed) (status syscall.WaitStatus, err error) {
	runtime.LockOSThread() // to the kernel the tracer is a thread
	defer runtime.UnlockOSThread()
	command.SysProcAttr = &syscall.SysProcAttr{Ptrace: true, Setpgid: true} // a group of its own, to wait for it alone
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

// run lets the program go on from stop to stop.
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

// stopped says which signal a thread that has stopped is to meet.
func (t *tracer) stopped(thread int, status syscall.WaitStatus) syscall.Signal {
	switch signal := status.StopSignal(); signal {
	case syscallStop:
		t.atCall(thread)
	case syscall.SIGTRAP, syscall.SIGSTOP, -1: // of tracing itself: it starts, a thread begins
	default:
		return signal
	}
	return 0
}

// atCall meets a thread before or after a system call. Its registers can't be
// had where it was killed meanwhile.
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
		_ = syscall.Kill(t.pid, syscall.SIGKILL) // it can't be gone: it is stopped
	case d.errno != 0:
		c.errno = d.errno
		regs.Orig_rax = ^uint64(0) // no system call has this number
		_ = syscall.PtraceSetRegs(c.thread, regs)
	case d.bytes != 0:
		regs.Rdx = d.bytes
		_ = syscall.PtraceSetRegs(c.thread, regs)
	}
}

// memory reads the program's memory; what can't be read is left out.
func (c *call) memory(address, size uint64) []byte {
	data := make([]byte, size)
	n, _ := syscall.PtracePeekData(c.thread, uintptr(address), data)
	return data[:n]
}
