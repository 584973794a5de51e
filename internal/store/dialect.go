package store

import (
	"strconv"
	"strings"
)

// dialect is what differs between the two databases. Both know $1 for a
// parameter, ON CONFLICT, RETURNING and the JSON operator ->>.
type dialect struct {
	text      string // the type of text that is compared byte by byte
	unnest    string // the rows of a parameter that is a JSON array; $ is where its number comes
	migrating string // with what a transaction waits for those of other nodes that migrate
	writing   string // with what it waits for those that write. Empty: it has waited when it began
}

// SQLite has one writing transaction at a time.
var sqliteDialect = dialect{
	text:   "text",
	unnest: "json_each($)",
}

// PostgreSQL is made to have one as well. What writes here is short or rare, and
// then nothing has to be said of deadlocks, of rows that another transaction is
// about to delete, or of the order in which revisions become visible. A node
// that hangs in the middle does not keep the others waiting for long.
var postgresDialect = dialect{
	text:      `text COLLATE "C"`,
	unnest:    "json_array_elements($::json)",
	migrating: "SELECT pg_advisory_xact_lock(7305804402566984)", // any number that is ours
	writing:   "SET LOCAL idle_in_transaction_session_timeout = '10s'; SELECT n FROM peyk_revision FOR UPDATE",
}

// rows is the table that holds, in column value, the rows of the parameter of
// that number, which asRows made. A cell is value ->> its index.
func (d dialect) rows(parameter int) string {
	return strings.Replace(d.unnest, "$", "$"+strconv.Itoa(parameter), 1)
}

// names is a query of the one column of a parameter that asNames made.
func (d dialect) names(parameter int) string {
	return "SELECT value ->> 0 FROM " + d.rows(parameter)
}
