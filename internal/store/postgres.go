package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

func parsePostgres(text string) (*pgx.ConnConfig, error) {
	config, err := pgx.ParseConfig(text)
	if err != nil {
		return nil, fmt.Errorf("store is no PostgreSQL URL; is its password percent-encoded? (%s)", wanted)
	}
	return config, nil
}

func connectPostgres(config *pgx.ConnConfig) database {
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 5 * time.Second
	}
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "peyk"
	}
	// A ping before each use costs little beside the few calls there are, and
	// a connection that was lost meanwhile is replaced instead of an error.
	always := func(context.Context, stdlib.ShouldPingParams) bool { return true }
	db := stdlib.OpenDB(*config, stdlib.OptionShouldPing(always))
	const connections = 8
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return database{postgresDialect, db, db, config.Password}
}
