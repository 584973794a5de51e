package store

import "errors"

func connectPostgres(string) (database, error) {
	return database{}, errors.New("PostgreSQL comes with the next line of go.mod")
}
