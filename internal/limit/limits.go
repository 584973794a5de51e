package limit

import (
	"log/slog"
	"sync/atomic"
	"time"

	"peyk"
)

// What one address may do without a good credential. It is no more than a
// program that tries again needs, and far from what costs anything; the limit is
// there to say "later", and to show in a metric who knocks.
const (
	strangerRate  = 10 // requests a second
	strangerBurst = 50
)

// What one address may guess at the secrets of shares: a customer mistypes a link
// a few times, and nobody else does.
const (
	guessEvery = 3 * time.Minute
	guessBurst = 20
)

// postBurst is how many positions of one courier may come at once: what a phone
// has collected in a tunnel.
const postBurst = 20

// Options say how much is enough.
type Options struct {
	Posts     peyk.Rate // positions of one courier; zero: any number
	Sockets   int       // viewers of one identity at once; 0: any number
	Strangers bool      // bound who has no good credential, by address
	Files     int       // that the process may have open; 0: any number

	Now func() time.Time // the clock; nil: time.Now
	Log *slog.Logger     // nil: discard
}

// Limits are those of one node. Their methods are safe for concurrent use, and
// wait for nothing.
type Limits struct {
	now         func() time.Time
	posts       *rates
	strangers   *rates
	guesses     *rates // nil if strangers is
	seats       seats
	connections *connections
	crowd       crowd
	refused     [reasons]atomic.Uint64
	notes       notes
}

// New returns limits that nobody has touched yet.
func New(o Options) *Limits {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	l := &Limits{now: o.Now, notes: notes{log: o.Log}}
	if o.Posts.Count > 0 {
		l.posts = newRates(o.Posts.Interval(), postBurst, o.Now())
	}
	if o.Strangers {
		l.strangers = newRates(time.Second/strangerRate, strangerBurst, o.Now())
		l.guesses = newRates(guessEvery, guessBurst, o.Now())
	}
	all, viewers := divide(o.Files)
	l.seats = seats{each: o.Sockets, all: viewers, by: make(map[string]int)}
	l.connections = newConnections(all)
	return l
}

// Reason is why something was refused.
type Reason uint8

// Why something was refused. The comments are what an operator reads in docs/security.md.
const (
	Posts       Reason = iota // positions of one courier come too often
	Sockets                   // one identity has as many viewers as it may
	Strangers                 // requests without a good credential come too often from one address
	Guesses                   // and those with the secret of a share that there is not
	Viewers                   // as many viewers are here as there are files for
	Pending                   // too many connections had not said what they want, and this one for longest
	Connections               // a connection was closed because a new one needed its file
	reasons
)

// String returns the reason as metrics name it.
func (r Reason) String() string {
	return [...]string{"posts", "sockets", "strangers", "guesses", "viewers", "pending", "connections"}[r]
}

// Refused returns how often something was refused, by reason.
func (l *Limits) Refused() map[Reason]uint64 {
	all := make(map[Reason]uint64, reasons)
	for r := range reasons {
		all[r] = l.refused[r].Load()
	}
	return all
}

// Post takes one position of a courier. Its error is peyk.ErrLimited in a
// *peyk.Later.
func (l *Limits) Post(courier string) error {
	if l.posts == nil {
		return nil
	}
	return l.limited(Posts, courier, l.posts.take(courier, l.now()))
}

// Failure is what was wrong with a credential.
type Failure uint8

// What was wrong.
const (
	NoFailure Failure = iota // nothing that is limited
	Stranger                 // there was none, or none that is known
	Guess                    // it was the secret of a share that there is not
)

// Failed notes that somebody at an address, IP or IP:port, had no good
// credential. Its error, of who should be told to come later instead of what was
// wrong, is peyk.ErrLimited in a *peyk.Later.
func (l *Limits) Failed(address string, what Failure) error {
	if l.strangers == nil || what == NoFailure {
		return nil
	}
	who := Household(address)
	if what == Guess {
		return l.limited(Guesses, who, l.guesses.take(who, l.now()))
	}
	return l.limited(Strangers, who, l.strangers.take(who, l.now()))
}

func (l *Limits) limited(why Reason, who string, wait time.Duration) error {
	if wait <= 0 {
		return nil
	}
	l.refuse(why, who)
	return &peyk.Later{Err: peyk.ErrLimited, After: wait}
}

// seatAfter is when to come again for a seat: others have to leave first.
const seatAfter = 10 * time.Second

// Enter takes a seat for a viewer of that subject, until Leave. Its error is
// peyk.ErrLimited, of who has enough, or peyk.ErrCrowded, each in a *peyk.Later.
func (l *Limits) Enter(subject string) error {
	why, ok := l.seats.take(subject)
	if ok {
		return nil
	}
	l.refuse(why, subject)
	if why == Sockets {
		return &peyk.Later{Err: peyk.ErrLimited, After: seatAfter}
	}
	return &peyk.Later{Err: peyk.ErrCrowded, After: seatAfter}
}

// Leave gives a seat back.
func (l *Limits) Leave(subject string) { l.seats.leave(subject) }

// refuse counts, and says so from time to time.
func (l *Limits) refuse(why Reason, who string) {
	l.notes.say(why, who, l.refused[why].Add(1), l.now())
}
