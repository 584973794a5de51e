package tile

import "sync/atomic"

// Stats are what a server has counted since its start.
type Stats struct {
	Hits     uint64          // answers from the disk
	Fetched  uint64          // from the host
	Renewed  uint64          // from the disk, after the host said that nothing changed
	Stale    uint64          // from the disk, since the host did not answer
	Failed   [Reasons]uint64 // no answer, by Reason
	Unkept   uint64          // could not be written to the disk
	Unserved uint64          // turned away since too many answers were in memory
	Bytes    int64           // kept on the disk
}

type counts struct {
	hits, fetched, renewed, stale, unkept, unserved atomic.Uint64
	failed                                          [Reasons]atomic.Uint64
}

// Stats returns what was counted until now.
func (s *Server) Stats() Stats {
	stats := Stats{
		Hits: s.stats.hits.Load(), Fetched: s.stats.fetched.Load(), Renewed: s.stats.renewed.Load(), Stale: s.stats.stale.Load(),
		Unkept: s.stats.unkept.Load(), Unserved: s.stats.unserved.Load(), Bytes: s.cache.size(),
	}
	for reason := range stats.Failed {
		stats.Failed[reason] = s.stats.failed[reason].Load()
	}
	return stats
}
