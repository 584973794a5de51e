// Package store keeps what must survive a restart: API keys, teams, what the
// shop says of its couriers and orders, the shares of orders, and each courier's
// last position.
//
// It keeps that in a SQLite file, in PostgreSQL (14 or later), or in memory for
// as long as the process lives. One contract holds for all of them, and nearly
// all SQL is the same; dialect.go has what differs. Text is compared byte by
// byte everywhere, so that the order of ids does not depend on a locale.
//
// What a method has answered without an error stays. SQLite writes ahead into a
// log and syncs it at every commit (journal_mode=WAL, synchronous=FULL), so it
// outlasts kill -9 and a power cut. PostgreSQL does as its synchronous_commit
// says; by default the same. A full disk, a lost connection and a context that
// ends are errors after which everything answered before is still there; the
// next call tries anew. When a connection is lost at the very moment of a
// commit, nobody can say whether it took place; every method may be repeated.
//
// Every change of keys, teams, couriers, orders or shares takes the next number of
// one counter, its revision, in its own transaction; edits of orders that come at
// once share one of both. Changes are therefore one after the
// other, on all nodes together, and who asks for what changed after a revision
// misses none. Positions, and when keys were used, take none.
//
// A new kind of thing is a file of methods and a migration. Migrations are
// numbered and go forward only, and nodes that start at once take turns.
//
// The package does not watch for changes, keep anything in its own memory, or
// decide who may see what.
package store
