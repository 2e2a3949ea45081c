package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// build describes how the program was built. Anything not known is "unknown".
type build struct {
	Version  string `json:"version"`
	Commit   string `json:"commit"`
	Date     string `json:"date"`  // of the commit: RFC 3339, in UTC
	Dirty    bool   `json:"dirty"` // built with uncommitted changes
	Go       string `json:"go"`
	Platform string `json:"platform"` // such as linux/amd64
}

const unknownBuild = "unknown"

func newVersion(c console) *cobra.Command {
	var asJSON bool
	command := &cobra.Command{
		Use:   "version",
		Short: "Which version of the program this is, and what it was built from",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			b := thisBuild()
			if asJSON {
				return json.NewEncoder(c.out).Encode(b)
			}
			return b.write(c.out)
		},
	}
	command.Flags().BoolVar(&asJSON, "json", false, "as one JSON object on stdout")
	return command
}

func thisBuild() build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = new(debug.BuildInfo)
	}
	return buildOf(info)
}

func buildOf(info *debug.BuildInfo) build {
	b := build{Version: info.Main.Version, Go: info.GoVersion, Platform: runtime.GOOS + "/" + runtime.GOARCH}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value
		case "vcs.time":
			b.Date = s.Value
		case "vcs.modified":
			b.Dirty = s.Value == "true"
		}
	}
	for _, text := range []*string{&b.Version, &b.Commit, &b.Date, &b.Go} {
		*text = cmp.Or(*text, unknownBuild)
	}
	return b
}

func (b build) write(w io.Writer) error {
	changed := ""
	if b.Dirty {
		changed = ", with changes"
	}
	_, err := fmt.Fprintf(w, "importer %s\n  commit  %s%s\n  date    %s\n  built   by %s for %s\n",
		b.Version, b.Commit, changed, b.Date, b.Go, b.Platform)
	return err
}

func version() string { return thisBuild().Version }
