package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/spf13/cobra"
)

// logger is for everything the program says apart from its summary: in plain words for a person, or with --log as
// records for log collectors. It never has the API key, and has a row's values only at level debug.
type logger struct {
	*slog.Logger
	structured bool // --log json or text
}

// event logs what only log collectors need: a person sees it anyway.
func (l *logger) event(message string, attributes ...any) {
	if l.structured {
		l.Info(message, attributes...)
	}
}

type logOptions struct {
	format, level string
}

func (o *logOptions) flags(c *cobra.Command) {
	f := c.PersistentFlags()
	f.StringVar(&o.format, "log", "", "`FORMAT` json or text: a line for each event on stderr, for log collectors; default: words for a person")
	f.StringVar(&o.level, "log-level", "info", "`LEVEL`: debug has a line for each row, with its values; info; warn; error")
}

// apply sets up a logger as the flags say. With quiet it logs only warnings and errors.
func (o *logOptions) apply(l *logger, w io.Writer, quiet bool) error {
	var level slog.Level
	if err := level.UnmarshalText([]byte(o.level)); err != nil {
		return fail("usage", "--log-level info", "--log-level %q: debug, info, warn or error", o.level)
	}
	if quiet {
		level = max(level, slog.LevelWarn)
	}
	options := &slog.HandlerOptions{Level: level}
	switch o.format {
	case "":
		*l = logger{slog.New(textHandler{w, level}), false}
	case "json":
		*l = logger{slog.New(slog.NewJSONHandler(w, options)), true}
	case "text":
		*l = logger{slog.New(slog.NewTextHandler(w, options)), true}
	default:
		return fail("usage", "--log json", "--log %q: json or text", o.format)
	}
	return nil
}

// hintKey is the attribute that says what to do about a message, often a command to type.
const hintKey = "hint"

// textHandler is a slog.Handler for a person: it writes the message, and the hint on a line of its own. It leaves out
// all other attributes, because messages already say what a person needs of them.
type textHandler struct {
	w     io.Writer
	level slog.Level
}

// Enabled reports whether messages of a level are written.
func (h textHandler) Enabled(_ context.Context, level slog.Level) bool { return level >= h.level }

// Handle writes a record at once.
func (h textHandler) Handle(_ context.Context, r slog.Record) error {
	var b strings.Builder
	for line := range strings.Lines(r.Message) {
		b.WriteString("importer: ")
		if r.Level == slog.LevelWarn {
			b.WriteString("warning: ")
		}
		b.WriteString(strings.TrimRight(line, "\n") + "\n")
	}
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == hintKey && a.Value.String() != "" {
			fmt.Fprintf(&b, "  %s\n", a.Value)
		}
		return true
	})
	_, err := io.WriteString(h.w, b.String())
	return err
}

// WithAttrs returns h, as it leaves out attributes.
func (h textHandler) WithAttrs([]slog.Attr) slog.Handler { return h }

// WithGroup returns h, as it leaves out attributes.
func (h textHandler) WithGroup(string) slog.Handler { return h }
