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
	redraw    = 200 * time.Millisecond // how often the bar is drawn
	lineEvery = 30 * time.Second       // how often there is a line instead, where there is no bar
)

// progress shows how far a run is: a bar on a terminal, otherwise a line now and then. Concurrent use is fine.
type progress struct {
	console console

	mu    sync.Mutex
	total int
	bar   *progressbar.ProgressBar // nil if there is no terminal or nothing is being sent
	said  time.Time
}

// watch keeps showing what poll returns until stop is called.
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
	if _, ok := terminalOf(c.err); ok && rows > 0 && !c.log.structured && c.log.Enabled(context.Background(), slog.LevelInfo) {
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
		p.console.log.Info(fmt.Sprintf("%d of %d: %s", now.Done(), p.total, now), "done", now.Done(), "of", p.total,
			"created", now.Created, "exists", now.Exists, "refused", now.Refused, "in_doubt", now.Unsettled, "unknown", now.Unknown, "calls", now.Calls)
	}
}

// sayAbout logs a message about a company. The company is empty if there is only one.
func (p *progress) sayAbout(company, message string) {
	if company == "" {
		p.say(message)
		return
	}
	p.say("company "+company+": "+message, "company", company)
}

// say logs a message without garbling the bar.
func (p *progress) say(message string, attributes ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Clear()
	}
	p.console.log.Info(message, attributes...)
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
