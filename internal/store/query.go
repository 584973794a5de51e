package store

import (
	"context"
	"database/sql"
	"strconv"
	"strings"

	"peyk"
)

// Query says which couriers are wanted.
type Query struct {
	Scopes []peyk.Scope // who is in one of them; orders hold nobody
	Team   string       // only its couriers; empty: of any team, and of none
	Search string       // only those in whose id, username, name, phone or vehicle each of its words is; empty: all
	After  string       // only ids after it
	Limit  int          // how many at most; 1 or more
}

// Known is a courier of whom something is known.
type Known struct {
	peyk.Profile
	Listed bool // the shop said it. Else the courier was only heard: it is active, in no team, and named as its phone says
}

// Couriers returns the couriers that a query wants, in the order of their ids'
// bytes, and whether there are more of them after these. A search overlooks
// what people type in different ways: case, marks, spaces, Arabic and Persian
// forms of letters and digits.
func (s *Store) Couriers(ctx context.Context, q Query) (list []Known, more bool, err error) {
	where, ok := q.where(s.dialect)
	if !ok {
		return nil, false, nil
	}
	err = s.read(ctx, "read couriers", func(tx *sql.Tx) error {
		list, more, err = page(ctx, tx, scanKnown, selectKnown, where, q.Limit)
		return err
	})
	return list, more, err
}

// page returns at most limit of the rows for which the conditions hold, in the
// order of their ids, and whether there are more.
func page[T any](ctx context.Context, tx *sql.Tx, scan func(*sql.Rows) (T, error), query string, where conditions, limit int) (list []T, more bool, err error) {
	limit = max(limit, 1)
	query += "WHERE " + strings.Join(where.conditions, " AND ") + " ORDER BY id LIMIT " + where.parameter(limit+1)
	if list, err = collect(ctx, tx, scan, query, where.args...); err != nil {
		return nil, false, err
	}
	more = len(list) > limit
	return list[:min(len(list), limit)], more, nil
}

// conditions are what all have to hold, and their parameters.
type conditions struct {
	conditions []string
	args       []any
}

func (c *conditions) add(condition ...string) {
	c.conditions = append(c.conditions, strings.Join(condition, ""))
}

// parameter returns the name under which arg is known to the conditions.
func (c *conditions) parameter(arg any) string {
	c.args = append(c.args, arg)
	return "$" + strconv.Itoa(len(c.args))
}

// where returns which couriers the query wants; false: it wants nobody.
func (q Query) where(d dialect) (c conditions, ok bool) {
	words, ok := needles(q.Search)
	if !ok || !storable(q.Team) || !storable(q.After) {
		return c, false // no courier has such texts
	}
	c.add("id > ", c.parameter(q.After))
	if q.Team != "" {
		c.add("team = ", c.parameter(q.Team))
	}
	c.search(words)
	ok = c.scope(d, "id", q.Scopes)
	return c, ok
}

var escapeLike = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// search adds that each of the words is in what is searched through.
func (c *conditions) search(words []string) {
	for _, word := range words {
		c.add("search LIKE ", c.parameter("%"+escapeLike.Replace(word)+"%"), ` ESCAPE '\'`)
	}
}

// scope adds that the courier in the column is in one of the scopes; false: none
// can be.
func (c *conditions) scope(d dialect, column string, scopes []peyk.Scope) bool {
	var teams, ids []string
	for _, scope := range scopes {
		switch {
		case scope.Kind == peyk.ScopeAll:
			return true
		case scope.Name == "" || !storable(scope.Name):
			// It holds nobody.
		case scope.Kind == peyk.ScopeTeam:
			teams = append(teams, scope.Name)
		case scope.Kind == peyk.ScopeCourier:
			ids = append(ids, scope.Name)
		}
	}
	if len(teams)+len(ids) == 0 {
		return false
	}
	c.parameter(asNames(teams))
	inTeams := d.names(len(c.args))
	c.parameter(asNames(ids))
	c.add(column, " IN (SELECT id FROM peyk_couriers WHERE team IN (", inTeams, ") UNION ALL ", d.names(len(c.args)), ")")
	return true
}
