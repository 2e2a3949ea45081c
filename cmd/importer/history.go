package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"officeimporter/internal/importer"
	"officeimporter/internal/journal/postgres"
)

type historyOptions struct {
	target  targetOptions
	company string
	last    int
	json    bool
}

func newHistory(c console) *cobra.Command {
	var o historyOptions
	command := &cobra.Command{
		Use:   "history --server SERVER --journal postgres://...",
		Short: "The runs of a company: by whom, where, and what came of them",
		Long: `History shows the runs that a journal in a database knows of, from any host, the
latest first. It sends nothing and speaks to no server: --server only says whose
runs. A run is dead when its process has shown no sign of life for as long as
its lease: the others take over what it had under way.`,
		Example: "  importer history --server production --journal postgres://importer@db.example.com/offices",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.history(cmd.Context(), c) },
	}
	o.target.flags(command, "whose runs: ")
	f := command.Flags()
	f.StringVar(&o.company, "company", "", "`ID` sent as DP-Company-ID, for keys that see several companies")
	f.IntVar(&o.last, "last", 20, "the latest `N` runs")
	f.BoolVar(&o.json, "json", false, "as one JSON object on stdout")
	return command
}

func (o *historyOptions) history(ctx context.Context, c console) error {
	if !importer.IsDatabase(o.target.journal) {
		return fail("usage", "--journal postgres://user@host/database", "history is of a journal in a database; that of a file has no hosts to tell of")
	}
	to, err := parseServer(o.target.server)
	if err != nil {
		return err
	}
	runs, name, err := importer.RunHistory(ctx, o.target.journal, to, o.company, o.last, c.log.Logger)
	if err != nil {
		return err
	}
	if o.json {
		return json.NewEncoder(c.out).Encode(map[string]any{"journal": name, "server": to.Label, "company": o.company, "runs": runs})
	}
	fmt.Fprintf(c.out, "journal %s, server %s\n", importer.Printable(name), to.Label)
	table := [][]string{{"RUN", "STARTED", "TOOK", "STATE", "HOST", "PROCESS", "BY", "INPUT", "SENT", "CREATED", "UNKNOWN"}}
	for i := range runs {
		table = append(table, runLine(&runs[i]))
	}
	writeTable(c.out, table)
	return nil
}

func runLine(r *postgres.Run) []string {
	took := ""
	if r.Ended != nil {
		took = r.Ended.Sub(r.Started).Round(time.Second).String()
	}
	return []string{strconv.FormatInt(r.ID, 10), r.Started.UTC().Format(time.RFC3339), took, r.State, importer.Printable(r.Host), strconv.Itoa(r.PID),
		importer.Printable(r.User), importer.Printable(r.Input), strconv.Itoa(r.Sent), strconv.Itoa(r.Created), strconv.Itoa(r.Unknown)}
}
