package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"peyk"
	"peyk/internal/bench"
	"peyk/internal/live"
)

const channel = "dlchannel"

// side is one server and how its viewers speak.
type side struct {
	name     string
	start    func(context.Context) (*process, error)
	language bench.Language // nil: viewers only count
	check    bool           // at the end, what its viewers show is held against the truth
}

func (h *house) ours(encoding string) side {
	return side{"peyk", func(ctx context.Context) (*process, error) { return h.startPeyk(ctx, "--bus", h.redis) },
		bench.Languages()[encoding], true}
}

// rival is this program in another role. Its arguments are the role's.
func (h *house) rival(name, role string, l bench.Language, args ...string) side {
	return side{name, func(ctx context.Context) (*process, error) {
		return start(ctx, h.self, append([]string{role}, args...)...)
	}, l, false}
}

func (h *house) gorilla() side {
	return h.rival("gorilla", "gorilla", bench.Original{}, "-redis", h.redis)
}

func (h *house) coder() side { return h.rival("coder", "coder", bench.Original{}, "-redis", h.redis) }

// asItComes is the centrifuge library without any tuning.
func (h *house) asItComes() side {
	return h.rival("centrifuge, as it comes", "centrifuge", centrifugeLanguage{}, "-redis", h.redis)
}

// tuned is the centrifuge library at its best for this work; zooms are those of
// the tiles that have channels, none: one channel has everything.
func (h *house) tuned(zooms ...string) side {
	s := h.rival("centrifuge, tuned", "centrifuge", centrifugeLanguage{tiles: len(zooms) > 0},
		"-redis", h.redis, "-tuned", "-zooms", strings.Join(zooms, ","))
	s.check = len(zooms) == 0 // who leaves a tile is shown there for ever
	return s
}

// writes is the limit: as many raw writes of so many bytes.
func (h *house) writes(bytes int, every time.Duration) side {
	return h.rival("raw writes", "raw", bench.Original{}, "-bytes", strconv.Itoa(bytes), "-every", every.String())
}

// measured is what a load cost and what came of it.
type measured struct {
	bench.Result
	cpu time.Duration // of the server, during the result's seconds
}

// perMillion is the CPU in seconds for a million positions that reached viewers.
func (m measured) perMillion() float64 { return m.cpu.Seconds() / m.Delivered * 1e6 }

// perSecond is the CPU in seconds for a second of the load.
func (m measured) perSecond() float64 { return m.cpu.Seconds() / m.Seconds }

// fan puts the load on a server of the side.
func (h *house) fan(ctx context.Context, s side, l bench.Load, d time.Duration) (m measured, err error) {
	server, err := s.start(ctx)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	l.URL, l.Language = server.url, s.language
	if l.Feed == "" {
		l.Feed, l.Redis, l.Channel = bench.FeedRedis, h.redis, channel
	}
	run, err := bench.Open(ctx, l)
	if err != nil {
		return m, fmt.Errorf("%s: %w", s.name, err)
	}
	defer func() { err = errors.Join(err, run.Close()) }()
	warm := max(2*time.Second, l.Every+l.Every/2)
	if _, err := run.Measure(ctx, warm); err != nil {
		return m, fmt.Errorf("%s: %w", s.name, err)
	}
	before, err1 := server.cpu()
	m.Result, err = run.Measure(ctx, d)
	after, err2 := server.cpu()
	m.cpu = after - before
	if err := errors.Join(err, err1, err2); err != nil {
		return m, fmt.Errorf("%s: %w", s.name, err)
	}
	if short := float64(m.Fed) / float64(m.Wanted); short < 0.9 {
		fmt.Printf("<!-- %s: only %.0f %% of the positions could be sent in time -->\n", s.name, 100*short)
	}
	if s.check {
		if err := run.Settle(ctx); err != nil {
			return m, fmt.Errorf("%s: a check failed: %w", s.name, err)
		}
	}
	return m, nil
}

// all fans the load out on every side in turn.
func (h *house) all(ctx context.Context, l bench.Load, d time.Duration, sides ...side) ([]measured, error) {
	list := make([]measured, len(sides))
	for i, s := range sides {
		var err error
		if list[i], err = h.fan(ctx, s, l, d); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// loadA is load (a) of the table: 1,000 couriers, once a second each, and
// 1,000 viewers of everything.
func (h *house) loadA() bench.Load {
	return bench.Load{Couriers: h.scaled(1000), Every: time.Second, Viewers: h.scaled(1000), Watch: bench.WatchAll, CheckEvery: h.checkEvery()}
}

func (h *house) checkEvery() int {
	if h.quick {
		return 10
	}
	return 50
}

// everything is row 1, load (a).
func (h *house) everything(ctx context.Context) error {
	l, d := h.loadA(), h.lasting(8*time.Second)
	sides, err := h.all(ctx, l, d, h.ours("bin"), h.tuned())
	if err != nil {
		return err
	}
	ours, tuned := sides[0], sides[1]
	const unit = "CPU s per million positions delivered, 1 (a)"
	h.table.add(row{"1", unit, "centrifuge, tuned", ours.perMillion(), tuned.perMillion(), atMost(1./5, "")})
	h.table.add(row{"3", "bytes per position, binary, 1 (a)", "centrifuge, tuned", ours.Size, tuned.Size, aim{}})
	h.table.add(row{"3", "bytes per position, binary, 1 (a)", "", ours.Size, 0, atMost(12, "")})
	h.table.add(row{"", "p99 ms from published to decoded, 1 (a)", "centrifuge, tuned", ours.P99, tuned.P99, aim{}})
	return h.limit(ctx, l, d, ours, "1", "CPU s per second less that without viewers, 1 (a)", atMost(1.8, ""))
}

// limit holds ours against raw writes of as many bytes.
func (h *house) limit(ctx context.Context, l bench.Load, d time.Duration, ours measured, number, what string, a aim) error {
	alone := l
	alone.Viewers = 0
	without, err := h.fan(ctx, h.ours("bin"), alone, d)
	if err != nil {
		return err
	}
	const tick = 100 * time.Millisecond
	writes := float64(ours.Viewers) * ours.Seconds / tick.Seconds()
	l.CheckEvery = 0
	raw, err := h.fan(ctx, h.writes(int(float64(ours.Bytes)/writes), tick), l, d)
	if err != nil {
		return err
	}
	h.table.add(row{number, what, "raw writes", ours.perSecond() - without.perSecond(), raw.perSecond(), a})
	return nil
}

// busy is row 1, load (b).
func (h *house) busy(ctx context.Context) error {
	l, d := h.loadA(), h.lasting(8*time.Second)
	l.Couriers, l.Viewers = h.scaled(10_000), h.scaled(100)
	sides, err := h.all(ctx, l, d, h.ours("bin"), h.tuned())
	if err != nil {
		return err
	}
	h.table.add(row{"1", "CPU s per million positions delivered, 1 (b)", "centrifuge, tuned",
		sides[0].perMillion(), sides[1].perMillion(), atMost(1./5, "")})
	return h.limit(ctx, l, d, sides[0], "1", "CPU s per second less that without viewers, 1 (b)", aim{})
}

// untuned is row 1, 200 viewers × 1,000 positions a second.
func (h *house) untuned(ctx context.Context) error {
	l := h.loadA()
	l.Viewers = h.scaled(200)
	sides, err := h.all(ctx, l, h.lasting(8*time.Second), h.ours("bin"), h.asItComes(), h.tuned())
	if err != nil {
		return err
	}
	const what = "CPU s per million positions delivered, 200 viewers × 1,000/s"
	h.table.add(row{"1", what, "centrifuge, as it comes", sides[0].perMillion(), sides[1].perMillion(), atMost(1./12, "")})
	h.table.add(row{"1", what, "centrifuge, tuned", sides[0].perMillion(), sides[2].perMillion(), aim{}})
	return nil
}

// boxes is row 2.
func (h *house) boxes(ctx context.Context) error {
	l := h.loadA()
	l.Couriers, l.Viewers, l.Watch = h.scaled(10_000), h.scaled(1000), bench.WatchBox
	sides, err := h.all(ctx, l, h.lasting(8*time.Second), h.ours("bin"), h.tuned(zooms(l)...))
	if err != nil {
		return err
	}
	ours, tuned := sides[0], sides[1]
	h.table.add(row{"2", "CPU s per million positions delivered, (c)", "centrifuge, tuned", ours.perMillion(), tuned.perMillion(), atMost(1./5, "")})
	h.table.add(row{"2", "CPU s per second, (c)", "centrifuge, tuned", ours.perSecond(), tuned.perSecond(), aim{}})
	h.table.add(row{"2", "bytes to a viewer per second, (c)", "centrifuge, tuned", perViewer(ours), perViewer(tuned), atMost(1./10, "")})
	h.table.add(row{"2", "bytes per position delivered, (c)", "centrifuge, tuned", float64(ours.Bytes) / ours.Delivered, float64(tuned.Bytes) / tuned.Delivered, aim{}})
	h.table.add(row{"2", "positions to a viewer per second, (c)", "centrifuge, tuned",
		ours.Delivered / float64(ours.Viewers) / ours.Seconds, tuned.Delivered / float64(tuned.Viewers) / tuned.Seconds, aim{}})
	return nil
}

func perViewer(m measured) float64 { return float64(m.Bytes) / float64(m.Viewers) / m.Seconds }

// tiles are the channels of a view, as Peyk covers it: "zoom/x/y".
func tiles(v peyk.View) (names []string) {
	keys, err := live.Cover([]peyk.Scope{peyk.All}, v)
	if err != nil {
		panic(err) // of a view that we made
	}
	for _, k := range keys { // all/zoom/x/y/limit
		words := strings.Split(string(k.Name()), "/")
		names = append(names, strings.Join(words[1:4], "/"))
	}
	return names
}

// zooms are those of the tiles that the load's viewers watch.
func zooms(l bench.Load) (list []string) {
	seen := map[string]bool{}
	for i := range l.Viewers {
		for _, name := range tiles(l.View(i)) {
			if zoom, _, _ := strings.Cut(name, "/"); !seen[zoom] {
				seen[zoom] = true
				list = append(list, zoom)
			}
		}
	}
	return list
}

// sizes is the rest of row 3: bytes do not depend on the number of viewers.
func (h *house) sizes(ctx context.Context) error {
	l := h.loadA()
	l.Viewers = h.scaled(100)
	ours, err := h.fan(ctx, h.ours("json"), l, h.lasting(5*time.Second))
	if err != nil {
		return err
	}
	h.table.add(row{"3", "bytes per position, JSON, 1 (a) with 100 viewers", "", ours.Size, 0, atMost(48, "")})
	return nil
}

// original is row 4.
func (h *house) original(ctx context.Context) error {
	sides, err := h.all(ctx, h.loadA(), h.lasting(8*time.Second), h.ours("original"), h.tuned())
	if err != nil {
		return err
	}
	h.table.add(row{"4", "CPU s per million positions delivered, original stream, 1 (a)", "centrifuge, tuned",
		sides[0].perMillion(), sides[1].perMillion(), atMost(1./4, "")})
	return nil
}

// single is row 5: one position at a time, each to 4,000 viewers.
func (h *house) single(ctx context.Context) error {
	const every = 200 * time.Millisecond // rarer than the tick: each goes out at once
	l := bench.Load{Couriers: 1, Every: every, Viewers: h.scaled(4000), Watch: bench.WatchAll, CheckEvery: h.checkEvery()}
	d := h.lasting(12 * time.Second)
	ours, err := h.fan(ctx, h.ours("bin"), l, d)
	if err != nil {
		return err
	}
	unchecked := l
	unchecked.CheckEvery = 0
	size := int(float64(ours.Bytes) / float64(ours.Viewers) / ours.Seconds * every.Seconds())
	raw, err := h.fan(ctx, h.writes(size, every), unchecked, d)
	if err != nil {
		return err
	}
	const what = "CPU µs per position and viewer, one position to 4,000 viewers"
	each := func(m measured) float64 {
		return m.cpu.Seconds() * 1e6 / float64(m.Viewers) / m.Seconds * every.Seconds()
	}
	h.table.add(row{"5", what, "raw writes", each(ours), each(raw), atMost(1.5, "")})
	for _, rival := range []side{h.gorilla(), h.coder(), h.asItComes()} {
		theirs, err := h.fan(ctx, rival, l, d)
		if err != nil {
			return err
		}
		h.table.add(row{"5", what, rival.name, each(ours), each(theirs), aim{}})
	}
	return nil
}
