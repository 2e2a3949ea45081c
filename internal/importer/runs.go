package importer

import (
	"context"
	"log/slog"

	"officeimporter/internal/journal"
	"officeimporter/internal/journal/postgres"
)

// Runs are the latest runs of a company that a journal in a database knows of,
// from any host, and the journal's name as it may be shown.
func Runs(ctx context.Context, journalURL string, to Server, company string, most int, log *slog.Logger) (runs []postgres.Run, name string, err error) {
	header := journal.Header{Server: to.URL.String(), Company: company}
	o := databaseOptions(log, header, readPatience)
	o.Book = ""
	shared, err := postgres.Read(ctx, journalURL, o)
	if err != nil {
		return nil, "", journalError(err)
	}
	defer func() { _ = shared.Close() }()
	runs, err = shared.RunHistory(most)
	return runs, shared.Path(), journalError(err)
}
