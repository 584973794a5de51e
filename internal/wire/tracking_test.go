package wire_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"peyk"
	"peyk/internal/wire"
)

// TestTrackingFits into one frame, whatever texts an order has, and is read back
// as it was.
func TestTrackingFits(t *testing.T) {
	long := func(n int) string { return strings.Repeat("<", n) }
	worst := *brought()
	worst.Order, worst.Code, worst.Phone, worst.ShopPhone = long(peyk.MaxID), long(peyk.MaxCode), long(peyk.MaxName), long(peyk.MaxName)
	worst.Destination.Address, worst.Courier.Name = long(peyk.MaxAddress), long(peyk.MaxName)
	for name, want := range map[string]peyk.Tracking{"usual": *brought(), "worst": worst, "nothing": {Stops: -1}} {
		t.Run(name, func(t *testing.T) {
			f := peyk.Frame{Part: order, To: v1, Full: true, Order: &want}
			text, _ := wire.AppendFrame(nil, f)
			bin, _ := wire.AppendBinFrame(nil, f)
			if len(text) > wire.MaxFrame || len(bin) > wire.MaxFrame {
				t.Errorf("frames of %d and %d bytes, want at most %d", len(text), len(bin), wire.MaxFrame)
			}
			got, err := wire.ParseTracking(wire.AppendTracking(nil, want))
			if err != nil {
				t.Fatal(err)
			}
			if c := want.Courier; c != nil { // the wire has six decimals
				c.Lat = 35.746226
			}
			got.Promised = got.Promised.UTC()
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("read back (-want +got):\n%s", diff)
			}
		})
	}
}
