package bus

import (
	"context"
	"slices"
	"time"

	"github.com/redis/rueidis"

	"peyk"
	"peyk/internal/wire"
)

const (
	// batch is how many positions go out before an answer is waited for.
	batch = 512

	// noteStride and noteWindow pace the sender: at least every noteStride
	// positions there is a note, and only noteWindow of them may be on their
	// way back. So a node never is more than 10,240 positions (2 MB) ahead of
	// what it hears itself, and Redis, which cuts off a subscriber that is 32 MB
	// behind, has no reason to: not even while many nodes publish all they know.
	noteStride = 2048
	noteWindow = 4

	// settled is how long after its stamp a position may come to Publish, and a
	// clock may be set back, without note.To being wrong.
	settled = 5 * time.Second
)

// send publishes what comes, until life ends or, after one more round, stop is closed.
func (s *session) send(life context.Context, stop <-chan struct{}) error {
	tick := time.NewTicker(beatEvery)
	defer tick.Stop()
	for due := true; ; {
		if err := s.round(life, due); err != nil {
			return err
		}
		select {
		case <-stop:
			return s.round(life, false)
		case <-life.Done():
			return life.Err()
		case <-tick.C:
			due = true
		case <-s.outbox.wake:
			due = false
		}
	}
}

// round says what is to be said and publishes what waits.
func (s *session) round(life context.Context, due bool) error {
	if due || s.peers.asking() {
		if err := s.note(life, nil); err != nil {
			return err
		}
	}
	now := s.options.Now()
	lives, since := s.peers.answer(time.Now())
	if len(lives) > 0 {
		s.outbox.miss(since)
	}
	again, whole, err := s.deliver(life)
	if err != nil {
		return err
	}
	if whole {
		s.told = peyk.MicrosOf(now).Add(-settled)
	}
	if len(lives) == 0 {
		return nil
	}
	if err := s.note(life, lives); err != nil {
		return err
	}
	s.peers.done(lives, again)
	return nil
}

// deliver publishes what waits and, where the outbox is behind, each courier's
// newest. These are looked up before what waits is taken, so that nothing falls
// between the two, and are left out where something of the courier waits, so
// that nobody steps back. It returns how many they were, and whether all that
// was put before is sent. What may not have arrived is behind.
func (s *session) deliver(life context.Context) (again int, whole bool, err error) {
	since, behind := s.outbox.rewind()
	var newest []peyk.Report
	if behind {
		newest = s.options.TakenSince(since)
	}
	waiting, whole := s.outbox.take()
	sent, err := s.publish(life, waiting)
	if err == nil {
		again, err = s.publish(life, without(newest, waiting))
	}
	if err == nil {
		return again, whole, nil
	}
	if behind {
		s.outbox.miss(since)
	}
	if rest := waiting[sent:]; len(rest) > 0 {
		s.outbox.miss(before(rest))
		s.counters.drop(Outage, len(rest))
	}
	return again, false, err
}

// without returns the reports of couriers that none of the others is of.
func without(reports, others []peyk.Report) []peyk.Report {
	if len(reports) == 0 {
		return nil
	}
	named := make(map[string]struct{}, len(others))
	for _, r := range others {
		named[r.Courier.ID] = struct{}{}
	}
	return slices.DeleteFunc(reports, func(r peyk.Report) bool {
		_, found := named[r.Courier.ID]
		return found
	})
}

// publish returns how many of the reports were confirmed, from the first on.
func (s *session) publish(life context.Context, reports []peyk.Report) (sent int, err error) {
	for chunk := range slices.Chunk(reports, batch) {
		if err := s.room(life); err != nil {
			return sent, err
		}
		messages := make([]rueidis.Completed, len(chunk))
		for i, r := range chunk {
			messages[i] = s.message(s.options.Channel, wire.AppendOriginal(nil, r, s.options.Decimals))
		}
		if err := s.do(life, messages...); err != nil {
			return sent, err
		}
		sent += len(chunk)
		s.unnoted += len(chunk)
		s.counters.published.Add(uint64(len(chunk)))
		if s.unnoted >= noteStride {
			if err := s.note(life, nil); err != nil {
				return sent, err
			}
		}
	}
	return sent, nil
}

// room waits until enough of our notes have come back.
func (s *session) room(life context.Context) error {
	for s.beat-s.echoed.Load() >= noteWindow {
		select {
		case <-s.echo:
		case <-life.Done():
			return life.Err()
		}
	}
	return nil
}

// note tells the others where we are, and that these lives were answered.
func (s *session) note(life context.Context, heard []string) error {
	s.beat++
	s.unnoted = 0
	n := note{Node: s.node, Life: s.life, Beat: s.beat, To: s.told, Heard: heard, Want: s.peers.want()}
	return s.do(life, s.message(s.noteChannel(), n.encode()))
}

func (s *session) message(channel string, text []byte) rueidis.Completed {
	return s.client.B().Publish().Channel(channel).Message(rueidis.BinaryString(text)).Build()
}

// do waits until Redis has confirmed all the commands.
func (s *session) do(life context.Context, commands ...rueidis.Completed) error {
	ctx, cancel := context.WithTimeout(life, answerTimeout)
	defer cancel()
	for _, result := range s.client.DoMulti(ctx, commands...) {
		if err := result.Error(); err != nil {
			return err
		}
	}
	return nil
}
