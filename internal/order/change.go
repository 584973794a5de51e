package order

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"strings"
	"time"

	"peyk"
)

// Errors of changes. A Conflict is another.
var (
	ErrNobody   = errors.New("an order that is assigned needs a courier")
	ErrOwn      = fmt.Errorf("it is not the courier's order: %w", peyk.ErrNotFound)
	ErrState    = errors.New("a courier reports picked_up, delivered or failed")
	ErrCode     = errors.New("the code is not the order's")
	ErrNoReason = errors.New("why it failed has to be said")
)

// Conflict is a change of state that may not be: a peyk.ErrConflict.
type Conflict struct{ From, To peyk.OrderState }

// Error says which.
func (c Conflict) Error() string {
	return fmt.Sprintf("the order is %v and cannot become %v", c.From, c.To)
}

// Unwrap returns peyk.ErrConflict.
func (c Conflict) Unwrap() error { return peyk.ErrConflict }

// Put returns what an order is once the shop has said all of it; was has State 0
// if there is none yet. Where the shop leaves the state out it stays as it is,
// and an order that was not picked up is assigned exactly if it has a courier.
// Another courier may take over at any time. Why it failed stays, if nothing else
// is said. Its error is a Conflict or ErrNobody.
func Put(was, says peyk.Order, at time.Time) (peyk.Order, error) {
	is := says
	is.At = was.At
	if is.State == 0 {
		is.State = max(was.State, peyk.OrderCreated)
	}
	if is.State <= peyk.OrderAssigned && was.State <= peyk.OrderAssigned && says.State != peyk.OrderAssigned {
		is.State = peyk.OrderCreated
		if is.Courier != "" {
			is.State = peyk.OrderAssigned
		}
	}
	if is.Courier == "" && (is.State == peyk.OrderAssigned || is.State == peyk.OrderPickedUp) {
		return was, ErrNobody
	}
	undone := was.State == peyk.OrderAssigned && is.State == peyk.OrderCreated
	if was.State != 0 && !undone && !was.State.May(is.State) {
		return was, Conflict{was.State, is.State}
	}
	if was.State == 0 {
		is.At[peyk.OrderCreated] = moment(at)
	}
	switch {
	case undone:
		is.At[peyk.OrderAssigned] = time.Time{}
	case is.State != was.State || is.State == peyk.OrderAssigned && is.Courier != was.Courier:
		enter(&is, is.State, at)
	}
	if is.Reason == "" {
		is.Reason = was.Reason
	}
	return is, nil
}

// Said is what a courier says of its order.
type Said struct {
	Courier string // its id
	State   peyk.OrderState
	Code    string    // that the customer told it
	Reason  string    // why it failed
	At      time.Time // when it happened, by its phone; zero: now
}

// Report returns what an order is once its courier has said so. To say the same
// again changes nothing. What it says late, having had no network, counts from when
// it happened: not before what was known of the order, and not after the arrival at
// our clock. Its error is one of this package's.
func Report(was peyk.Order, said Said, at time.Time) (peyk.Order, error) {
	is := was
	switch {
	case was.State == 0 || said.Courier == "" || was.Courier != said.Courier:
		return was, ErrOwn
	case said.State != peyk.OrderPickedUp && said.State != peyk.OrderDelivered && said.State != peyk.OrderFailed:
		return was, ErrState
	case was.State == said.State:
		return was, nil
	case !was.State.May(said.State):
		return was, Conflict{was.State, said.State}
	case said.State == peyk.OrderDelivered && !sameCode(was.Code, said.Code):
		return was, ErrCode
	case said.State == peyk.OrderFailed && strings.TrimSpace(said.Reason) == "":
		return was, ErrNoReason
	case said.State == peyk.OrderFailed:
		is.Reason = said.Reason
	}
	enter(&is, said.State, said.happened(was, at))
	return is, nil
}

func (s Said) happened(was peyk.Order, arrival time.Time) time.Time {
	at := s.At
	if known := was.At[was.State]; at.Before(known) {
		at = known
	}
	if s.At.IsZero() || at.After(arrival) {
		return arrival
	}
	return at
}

func enter(o *peyk.Order, state peyk.OrderState, at time.Time) {
	o.State, o.At[state] = state, moment(at)
}

// moment returns a time as it is kept.
func moment(at time.Time) time.Time { return peyk.MicrosOf(at).Time() }

// sameCode reports whether a code is the wanted one, in whichever digits it was
// typed; where none is wanted any is.
func sameCode(wanted, typed string) bool {
	return wanted == "" || subtle.ConstantTimeCompare([]byte(plain(wanted)), []byte(plain(typed))) == 1
}

// plain returns a code without spaces, in small letters and ASCII digits.
func plain(code string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩', r >= '۰' && r <= '۹':
			return '0' + r&15
		case r == ' ' || r == '\u200c':
			return -1
		}
		return r
	}, strings.ToLower(code))
}
