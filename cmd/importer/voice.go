package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/spf13/cobra"
)

// voice is what the program says beside its summary: for a person, or with
// --log for those who read logs by program. It never has the API key, and a
// row's values only at debug.
type voice struct {
	*slog.Logger
	structured bool // --log json or text
}

// event is worth a line in a log, and none to a person, who sees it anyway.
func (v *voice) event(message string, attributes ...any) {
	if v.structured {
		v.Info(message, attributes...)
	}
}

// logOptions say how the program speaks.
type logOptions struct {
	format, level string
}

func (o *logOptions) flags(c *cobra.Command) {
	f := c.PersistentFlags()
	f.StringVar(&o.format, "log", "", "`FORMAT` json or text: a line for each event on stderr, for log collectors; default: words for a person")
	f.StringVar(&o.level, "log-level", "info", "`LEVEL`: debug has a line for each row, with its values; info; warn; error")
}

// tune makes a voice speak as the flags say. What is quiet says only what is
// wrong.
func (o *logOptions) tune(v *voice, w io.Writer, quiet bool) error {
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
		*v = voice{slog.New(words{w, level}), false}
	case "json":
		*v = voice{slog.New(slog.NewJSONHandler(w, options)), true}
	case "text":
		*v = voice{slog.New(slog.NewTextHandler(w, options)), true}
	default:
		return fail("usage", "--log json", "--log %q: json or text", o.format)
	}
	return nil
}

// hintKey is the attribute that has what to do about it: words to type.
const hintKey = "hint"

// words is a log for a person: the message, and the hint on a line of its own.
// The message has all that a person needs of the other attributes.
type words struct {
	w     io.Writer
	level slog.Level
}

// Enabled says whether a level is spoken of.
func (h words) Enabled(_ context.Context, level slog.Level) bool { return level >= h.level }

// Handle writes a record at once.
func (h words) Handle(_ context.Context, r slog.Record) error {
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

// WithAttrs changes nothing: a person needs none.
func (h words) WithAttrs([]slog.Attr) slog.Handler { return h }

// WithGroup changes nothing.
func (h words) WithGroup(string) slog.Handler { return h }
