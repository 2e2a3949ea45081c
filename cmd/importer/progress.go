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
	console console

	mu    sync.Mutex
	total int
	bar   *progressbar.ProgressBar // nil where there is no terminal, or nothing is under way
	said  time.Time
}

// watch shows what poll tells until the function returned is called.
func (p *progress) watch(rows int, poll func() submit.Progress) (stop func()) {
	p.begin(rows)
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

func (p *progress) begin(rows int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.total, p.said = rows, time.Now()
	c := p.console
	if _, ok := terminalOf(c.err); ok && rows > 0 && !c.say.structured && c.say.Enabled(context.Background(), slog.LevelInfo) {
		p.bar = progressbar.NewOptions(rows, progressbar.OptionSetWriter(c.err), progressbar.OptionShowCount(),
			progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(20),
			progressbar.OptionThrottle(redraw), progressbar.OptionFullWidth())
	}
}

func (p *progress) show(now submit.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		p.bar.Describe(now.String())
		_ = p.bar.Set(min(now.Done(), p.total))
		return
	}
	if time.Since(p.said) >= lineEvery {
		p.said = time.Now()
		p.console.say.Info(fmt.Sprintf("%d of %d: %s", now.Done(), p.total, now), "done", now.Done(), "of", p.total, "created", now.Created, "exists", now.Exists,
			"refused", now.Refused, "in_doubt", now.Unsettled, "unknown", now.Unknown, "calls", now.Calls)
	}
}

// sayOf says what is to be said of a company; empty: of the only one.
func (p *progress) sayOf(company, message string) {
	if company == "" {
		p.say(message)
		return
	}
	p.say("company "+company+": "+message, "company", company)
}

// say prints a message without spoiling the bar.
func (p *progress) say(message string, attributes ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Clear()
	}
	p.console.say.Info(message, attributes...)
}

func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Clear()
		_ = p.bar.Exit()
		p.bar = nil
	}
}
