package postgres

import (
	"context"
	_ "embed"

	"github.com/jackc/pgx/v5"
)

// version is the version of schema.sql.
const version = 1

// migrationLock is the key of the advisory lock for creating the tables, because several processes may start at once.
const migrationLock = 0x0ff1ce5

//go:embed schema.sql
var schema string

// migrate creates the tables if there are none.
func (j *Journal) migrate(ctx context.Context) error {
	have, err := j.version(ctx)
	if err == nil && have == 0 {
		err = pgx.BeginFunc(ctx, j.pool, makeTables)
		if err == nil {
			have, err = j.version(ctx)
		}
	}
	if err == nil && have != version {
		err = &VersionError{have}
	}
	return err
}

func makeTables(tx pgx.Tx) error {
	ctx := context.Background()
	if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock($1)`, migrationLock); err != nil {
		return err
	}
	var made bool
	if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_catalog.pg_tables WHERE schemaname = 'importer' AND tablename = 'schema_version')`).Scan(&made); err != nil || made {
		return err // another process was faster
	}
	_, err := tx.Exec(ctx, "CREATE SCHEMA IF NOT EXISTS importer;\n"+schema, pgx.QueryExecModeSimpleProtocol)
	return err
}

// version returns the version of the tables, or 0 if there are none.
func (j *Journal) version(ctx context.Context) (have int, err error) {
	var made bool
	err = j.pool.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_catalog.pg_tables WHERE schemaname = 'importer' AND tablename = 'schema_version')`).Scan(&made)
	if err == nil && made {
		err = j.pool.QueryRow(ctx, `SELECT max(version) FROM importer.schema_version`).Scan(&have)
	}
	return have, err
}
