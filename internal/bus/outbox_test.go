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

func wantParcel(t *testing.T, got parcel, reports int, behind bool, since peyk.Micros) {
	t.Helper()
	if len(got.reports) != reports || got.behind != behind || got.since != since {
		t.Errorf("parcel of %d reports, behind %v since %d; want %d, %v, %d",
			len(got.reports), got.behind, got.since, reports, behind, since)
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
	wantParcel(t, o.take(), 1, true, 39)
	wantParcel(t, o.take(), 0, false, 0)

	p := parcel{reports: stamped(80, 90, 85), behind: true, since: 39}
	if n := o.giveBack(p, 1); n != 2 {
		t.Errorf("giveBack = %d, want 2", n)
	}
	wantParcel(t, o.take(), 0, true, 39)
	o.giveBack(parcel{reports: stamped(80, 90, 85)}, 1)
	wantParcel(t, o.take(), 0, true, 84)
	o.giveBack(parcel{reports: stamped(80)}, 1)
	wantParcel(t, o.take(), 0, false, 0)

	o.put(stamped(95)[0])
	o.put(stamped(93)[0])
	if n := o.pause(); n != 2 {
		t.Errorf("pause dropped %d, want 2", n)
	}
	o.resume()
	wantParcel(t, o.take(), 0, true, 92)
}

func TestOutboxIsBounded(t *testing.T) {
	o := newOutbox()
	o.resume()
	for i := range inboxBound {
		if n, _ := o.put(stamped(peyk.Micros(i + 10))[0]); n != 0 {
			t.Fatalf("put number %d dropped %d", i, n)
		}
	}
	if n, why := o.put(stamped(inboxBound + 10)[0]); n != inboxBound+1 || why != InboxFull {
		t.Errorf("put beyond the bound dropped %d for %v, want %d for %v", n, why, inboxBound+1, InboxFull)
	}
	if n, why := o.put(stamped(5)[0]); n != 1 || why != InboxFull {
		t.Errorf("put while full dropped %d for %v, want 1 for %v", n, why, InboxFull)
	}
	wantParcel(t, o.take(), 0, true, 4)
	if n, _ := o.put(stamped(7)[0]); n != 0 {
		t.Error("put after take drops")
	}
	wantParcel(t, o.take(), 1, false, 0)
}
