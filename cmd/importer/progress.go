package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"officeimporter/internal/submit"
)

const (
	redraw    = 200 * time.Millisecond // of the bar, on a terminal
	lineEvery = 10 * time.Second       // elsewhere: a line now and then
)

// progress shows how far a run has come: a bar on a terminal, a line now and
// then elsewhere.
type progress struct {
	mu    sync.Mutex
	w     io.Writer
	total int
	bar   *progressbar.ProgressBar // nil where there is no terminal
	last  submit.Progress
	said  time.Time
}

func newProgress(w io.Writer, total int) *progress {
	p := &progress{w: w, total: total, said: time.Now()}
	if _, ok := terminalOf(w); ok && total > 0 {
		p.bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(w), progressbar.OptionShowCount(),
			progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(20),
			progressbar.OptionThrottle(redraw), progressbar.OptionFullWidth())
	}
	return p
}

// watch shows what poll tells until the function returned is called.
func (p *progress) watch(poll func() submit.Progress) (stop func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		ticker := time.NewTicker(redraw)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				p.show(poll())
			case <-done:
				return
			}
		}
	}()
	return func() {
		close(done)
		<-ended
		p.clear()
	}
}

func (p *progress) show(now submit.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = now
	if p.bar != nil {
		p.bar.Describe(now.String())
		_ = p.bar.Set(min(now.Done(), p.total))
		return
	}
	if time.Since(p.said) >= lineEvery {
		p.said = time.Now()
		fmt.Fprintf(p.w, "importer: %d of %d: %s\n", now.Done(), p.total, now)
	}
}

// say prints a message without spoiling the bar.
func (p *progress) say(message string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Clear()
	}
	fmt.Fprintln(p.w, "importer: "+message)
}

func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Clear()
		_ = p.bar.Exit()
	}
}
