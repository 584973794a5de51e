package auth

import (
	"crypto/sha256"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"peyk"
	"peyk/internal/store"
)

// useEvery is how exactly the last use of a key is noted.
const useEvery = time.Minute

// Keys are the API keys that count, in memory. They are told what the store
// has, and tell it when each was last used.
type Keys struct {
	now func() time.Time
	log *slog.Logger

	mu     sync.RWMutex // guards the maps; a key in them is never changed but for its use
	byHash map[[sha256.Size]byte]*key
	byID   map[string]*key
}

type key struct {
	who  peyk.Identity
	hash [sha256.Size]byte
	used atomic.Int64 // last, in Unix seconds
	told atomic.Int64 // the same, when Used last told of it
}

// NewKeys returns an empty set.
func NewKeys(now func() time.Time, log *slog.Logger) *Keys {
	return &Keys{now: now, log: log, byHash: make(map[[sha256.Size]byte]*key), byID: make(map[string]*key)}
}

// Set replaces all keys by these.
func (k *Keys) Set(all []store.Key) {
	k.mu.Lock()
	defer k.mu.Unlock()
	old := k.byID
	k.byID, k.byHash = make(map[string]*key, len(all)), make(map[[sha256.Size]byte]*key, len(all))
	for _, one := range all {
		k.putLocked(one, old[one.ID])
	}
}

// Update takes in what changed: new keys, other rights, and revoked ones. It
// counts from the next look-up on.
func (k *Keys) Update(changed []store.Key) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, one := range changed {
		old := k.byID[one.ID]
		if old != nil {
			delete(k.byHash, old.hash)
			delete(k.byID, one.ID)
		}
		k.putLocked(one, old)
	}
}

// putLocked leaves out what is revoked, and what this version cannot read.
func (k *Keys) putLocked(one store.Key, old *key) {
	if !one.Revoked.IsZero() {
		return
	}
	grant, err := one.Claims.Grant(one.Until)
	if err != nil {
		k.log.Warn("a key cannot be used", "key", one.ID, "err", err)
		return
	}
	made := &key{hash: one.Hash, who: peyk.Identity{
		Grant: grant, Subject: subjectOfKey + one.ID, Name: one.Name, Role: one.Claims.Role, Key: one.ID,
	}}
	if one.Claims.Role == peyk.RoleCourier {
		made.who.Self = peyk.Courier{ID: one.Claims.Self}
	}
	if old != nil {
		made.used.Store(old.used.Load())
		made.told.Store(old.told.Load())
	}
	k.byID[one.ID], k.byHash[one.Hash] = made, made
}

// find returns who holds the key of that hash, and notes that it was used.
func (k *Keys) find(hash [sha256.Size]byte) (peyk.Identity, error) {
	k.mu.RLock()
	found := k.byHash[hash]
	k.mu.RUnlock()
	if found == nil {
		return peyk.Identity{}, ErrWrong
	}
	now := k.now()
	if found.who.Ended(now) {
		return peyk.Identity{}, ErrExpired
	}
	if last := found.used.Load(); now.Unix()-last >= int64(useEvery/time.Second) {
		found.used.CompareAndSwap(last, now.Unix())
	}
	return found.who, nil
}

// again returns the identity of the key as it is now.
func (k *Keys) again(id string) (peyk.Identity, error) {
	k.mu.RLock()
	found := k.byID[id]
	k.mu.RUnlock()
	if found == nil {
		return peyk.Identity{}, ErrRevoked
	}
	if found.who.Ended(k.now()) {
		return peyk.Identity{}, ErrExpired
	}
	return found.who, nil
}

// Used returns when keys, by id, were last used: those that were since it was
// last asked, each to the minute.
func (k *Keys) Used() map[string]time.Time {
	k.mu.RLock()
	defer k.mu.RUnlock()
	used := make(map[string]time.Time)
	for id, one := range k.byID {
		if last := one.used.Load(); last != one.told.Swap(last) {
			used[id] = time.Unix(last, 0).UTC()
		}
	}
	return used
}
