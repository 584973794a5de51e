package bus

import (
	"testing"

	"peyk"
)

func stamped(stamps ...peyk.Micros) []peyk.Report {
	reports := make([]peyk.Report, len(stamps))
	for i, at := range stamps {
		reports[i].Position.Stamp = at
	}
	return reports
}

func wantBehind(t *testing.T, o *outbox, want peyk.Micros) {
	t.Helper()
	if since, behind := o.rewind(); !behind || since != want {
		t.Errorf("rewind = %d, %v; want %d, true", since, behind, want)
	}
	if since, behind := o.rewind(); behind {
		t.Errorf("second rewind = %d, true; want it forgotten", since)
	}
}

func wantTaken(t *testing.T, o *outbox, count int, whole bool) {
	t.Helper()
	if reports, all := o.take(); len(reports) != count || all != whole {
		t.Errorf("take = %d reports, %v; want %d, %v", len(reports), all, count, whole)
	}
}

func TestOutboxKeepsTheEarliestThatItMissed(t *testing.T) {
	o := newOutbox()
	for _, r := range stamped(50, 40, 60) {
		if n, why := o.put(r); n != 1 || why != Outage {
			t.Errorf("put while nobody sends = %d, %v; want 1, %v", n, why, Outage)
		}
	}
	o.resume()
	o.put(stamped(70)[0])
	wantBehind(t, o, 39)
	wantTaken(t, o, 1, true)
	wantTaken(t, o, 0, true)

	o.miss(20)
	o.miss(30)
	wantTaken(t, o, 0, false)
	wantBehind(t, o, 20)

	o.put(stamped(95)[0])
	o.put(stamped(93)[0])
	if n := o.pause(); n != 2 {
		t.Errorf("pause dropped %d, want 2", n)
	}
	o.resume()
	wantBehind(t, o, 92)
	wantTaken(t, o, 0, true)
}

func TestOutboxIsBounded(t *testing.T) {
	o := newOutbox()
	o.resume()
	for i := range outboxBound {
		if n, _ := o.put(stamped(peyk.Micros(i + 10))[0]); n != 0 {
			t.Fatalf("put number %d dropped %d", i, n)
		}
	}
	if n, why := o.put(stamped(outboxBound + 10)[0]); n != outboxBound+1 || why != InboxFull {
		t.Errorf("put beyond the bound dropped %d for %v, want %d for %v", n, why, outboxBound+1, InboxFull)
	}
	if n, why := o.put(stamped(5)[0]); n != 1 || why != InboxFull {
		t.Errorf("put while full dropped %d for %v, want 1 for %v", n, why, InboxFull)
	}
	wantTaken(t, o, 0, false)
	if n, _ := o.put(stamped(5)[0]); n != 1 {
		t.Errorf("put before rewind dropped %d, want 1", n)
	}
	wantBehind(t, o, 4)
	if n, _ := o.put(stamped(7)[0]); n != 0 {
		t.Error("put after rewind drops")
	}
	wantTaken(t, o, 1, true)
}
