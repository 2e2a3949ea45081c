package main

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"officeimporter/internal/submit"
)

const (
	redraw    = 200 * time.Millisecond // of the bar, on a terminal
	lineEvery = 30 * time.Second       // elsewhere: a line now and then
)

// progress shows how far a run has come: a bar on a terminal, a line now and
// then elsewhere.
type progress struct {
	voice *voice

	mu    sync.Mutex
	total int
	bar   *progressbar.ProgressBar // nil where there is no terminal
	last  submit.Progress
	said  time.Time
}

func newProgress(c console, total int) *progress {
	p := &progress{voice: c.say, total: total, said: time.Now()}
	if _, ok := terminalOf(c.err); ok && total > 0 && !c.say.structured && c.say.Enabled(context.Background(), slog.LevelInfo) {
		p.bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(c.err), progressbar.OptionShowCount(),
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
		p.voice.Info(fmt.Sprintf("%d of %d: %s", now.Done(), p.total, now), "done", now.Done(), "of", p.total, "created", now.Created, "exists", now.Exists,
			"refused", now.Refused, "in_doubt", now.Unsettled, "unknown", now.Unknown, "calls", now.Calls)
	}
}

// sayFor says what is to be said of a company; empty: of the only one.
func (p *progress) sayFor(company string) func(string) {
	if company == "" {
		return func(message string) { p.say(message) }
	}
	return func(message string) { p.say("company "+company+": "+message, "company", company) }
}

// say prints a message without spoiling the bar.
func (p *progress) say(message string, attributes ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Clear()
	}
	p.voice.Info(message, attributes...)
}

func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Clear()
		_ = p.bar.Exit()
	}
}
