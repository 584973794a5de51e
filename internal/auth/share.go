package auth

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"sync"
	"time"

	"peyk"
	"peyk/internal/store"
)

// A share's secret is peyk_share_ and 128 bits of chance, in 22 characters.
const (
	sharePrefix  = "peyk_share_"
	shareSecret  = 16 // bytes
	shareOutlive = store.Afterlife
)

// subjectOfShare begins the subject of who comes by a share. What the shop signs
// may not begin so.
const subjectOfShare = "share:"

// NewShare makes a share of an order from random. The text is what its holder
// shows; it is nowhere else.
func NewShare(random io.Reader, now time.Time, order string, until time.Time) (s store.Share, text string, err error) {
	var chance [keyID + shareSecret]byte
	if _, err := io.ReadFull(random, chance[:]); err != nil {
		return store.Share{}, "", fmt.Errorf("make a share: %w", err)
	}
	text = sharePrefix + base64.RawURLEncoding.EncodeToString(chance[keyID:])
	return store.Share{
		ID: lowerBase32.EncodeToString(chance[:keyID]), Order: order, Hash: sha256.Sum256([]byte(text)), Made: now, Until: until,
	}, text, nil
}

// Shares are the shares that count, in memory. One lets its holder watch one
// order, until an hour after the order has ended.
type Shares struct {
	now   func() time.Time
	endOf func(order string) (at time.Time, found bool)

	mu     sync.RWMutex // guards the rest
	byHash map[[sha256.Size]byte]*store.Share
	byID   map[string]*store.Share
	swept  int // how many there were when those of orders that are gone were dropped last
}

// NewShares returns an empty set. EndOf tells when an order ended, zero if it is
// open, and whether it is there; it must not wait.
func NewShares(now func() time.Time, endOf func(order string) (at time.Time, found bool)) *Shares {
	return &Shares{now: now, endOf: endOf, byHash: make(map[[sha256.Size]byte]*store.Share), byID: make(map[string]*store.Share)}
}

// Update takes in what changed, revoked shares too; if it is the whole, there are
// no others any more. It counts from the next look-up on.
func (s *Shares) Update(changed []store.Share, whole bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if whole {
		clear(s.byHash)
		clear(s.byID)
	}
	for _, share := range changed {
		if old := s.byID[share.ID]; old != nil {
			s.dropLocked(old)
		}
		if share.Revoked.IsZero() {
			s.byID[share.ID], s.byHash[share.Hash] = &share, &share
		}
	}
	const few = 1000
	if len(s.byID) > few+2*s.swept {
		s.sweepLocked()
	}
}

func (s *Shares) dropLocked(share *store.Share) {
	delete(s.byID, share.ID)
	delete(s.byHash, share.Hash)
}

func (s *Shares) sweepLocked() {
	for _, share := range s.byID {
		if _, found := s.endOf(share.Order); !found {
			s.dropLocked(share)
		}
	}
	s.swept = len(s.byID)
}

// find returns who holds the secret of that hash.
func (s *Shares) find(hash [sha256.Size]byte) (peyk.Identity, error) {
	s.mu.RLock()
	share := s.byHash[hash]
	s.mu.RUnlock()
	return s.identity(share, ErrNoShare)
}

// again returns the identity of the share as it is now.
func (s *Shares) again(id string) (peyk.Identity, error) {
	s.mu.RLock()
	share := s.byID[id]
	s.mu.RUnlock()
	return s.identity(share, ErrRevoked)
}

// identity returns whom a share stands for; the error is otherwise where there
// is none, or no such order any more.
func (s *Shares) identity(share *store.Share, otherwise error) (peyk.Identity, error) {
	if share == nil {
		return peyk.Identity{}, otherwise
	}
	at, found := s.endOf(share.Order)
	if !found {
		return peyk.Identity{}, otherwise
	}
	grant := peyk.Grant{
		Actions: peyk.RoleCustomer.Actions(), Until: share.Until, Scopes: []peyk.Scope{{Kind: peyk.ScopeOrder, Name: share.Order}},
	}
	if !at.IsZero() && (grant.Until.IsZero() || at.Add(shareOutlive).Before(grant.Until)) {
		grant.Until = at.Add(shareOutlive)
	}
	if grant.Ended(s.now()) {
		return peyk.Identity{}, ErrExpired
	}
	return peyk.Identity{Grant: grant, Subject: subjectOfShare + share.ID, Role: peyk.RoleCustomer}, nil
}
