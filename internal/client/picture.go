package client

import (
	"errors"
	"fmt"
	"maps"

	"peyk"
	"peyk/internal/wire"
)

// ErrGap says that a frame does not follow what the picture has: watch again.
var ErrGap = errors.New("a frame does not follow the version of its part")

// Picture is what a viewer knows: the couriers of its parts, and which version
// of each part it has. It is made of nothing but messages. The zero Picture is
// empty and ready; it is not safe for concurrent use.
type Picture struct {
	View peyk.View // what Interest asks for; nothing: everything

	epoch  peyk.Epoch
	parts  map[peyk.Part]*part
	of     map[uint64]*part // the parts that are watched, by number
	named  []peyk.Watched   // of a list of parts that goes on
	shown  map[string]*Shown
	loose  map[string]bool // ids that no part holds, until the next upto
	orders map[string]*peyk.Tracking
	inStep peyk.Version
}

// Shown is a courier as the picture shows it. Measures that peyk.v1.json does
// not carry are not known.
type Shown struct {
	Courier  peyk.Courier
	Position peyk.Position // Stamp 0: no position came yet; Stamp is a whole millisecond
	held     int           // how many parts hold it
	former   bool          // its position is of an epoch that is over: any other one replaces it
}

// part is what the picture knows of one part.
type part struct {
	version peyk.Version
	ids     map[uint32]string
	named   map[uint32]bool     // during a walk through the whole part; else nil
	cells   map[uint8]peyk.Cell // of a part that is told as counts; else nil
	order   *peyk.Tracking      // of an order's part; else nil
}

// Epoch is that of the server's world, 0 before its hello.
func (p *Picture) Epoch() peyk.Epoch { return p.epoch }

// InStep is the version up to which the picture is whole; 0 while it is not.
func (p *Picture) InStep() peyk.Version { return p.inStep }

// Couriers returns what is shown, by id. The map is the picture's own.
func (p *Picture) Couriers() map[string]*Shown { return p.shown }

// Orders returns what is known of orders, by id. The map and what is in it are
// the picture's own.
func (p *Picture) Orders() map[string]*peyk.Tracking { return p.orders }

// Cells returns the cells of every part that is told as counts. The maps are
// the picture's own.
func (p *Picture) Cells() map[peyk.Part]map[uint8]peyk.Cell {
	all := map[peyk.Part]map[uint8]peyk.Cell{}
	for name, part := range p.parts {
		if part.cells != nil {
			all[name] = part.cells
		}
	}
	return all
}

// Parts returns how many parts the picture has.
func (p *Picture) Parts() int { return len(p.parts) }

// Interest asks for the view, and says what the picture has of it.
func (p *Picture) Interest() peyk.Interest {
	in := peyk.Interest{View: p.View, Epoch: p.epoch, Have: map[peyk.Part]peyk.Version{}}
	if in.View.Box == nil && in.View.Couriers == nil {
		in.View.All = true
	}
	for name, part := range p.parts {
		if part.version != 0 {
			in.Have[name] = part.version
		}
	}
	return in
}

// Apply takes one message. After ErrGap the picture is as before.
func (p *Picture) Apply(m wire.Message) error {
	if p.shown == nil {
		p.parts, p.shown, p.loose = map[peyk.Part]*part{}, map[string]*Shown{}, map[string]bool{}
		p.orders = map[string]*peyk.Tracking{}
	}
	switch m.Type {
	case "hello":
		p.greet(m.Epoch)
	case "parts":
		if p.named = append(p.named, m.Parts...); !m.More {
			p.watch(p.named)
			p.named = nil
		}
	case "frame":
		return p.apply(m.Frame)
	case "upto":
		p.arrive(m.Version)
	}
	return nil
}

// arrive makes the picture whole. A part of which no version came is empty.
func (p *Picture) arrive(v peyk.Version) {
	p.inStep = v
	for _, part := range p.parts {
		if part.version == 0 {
			p.empty(part)
		}
		part.version = max(part.version, v)
	}
	for id := range p.loose {
		delete(p.shown, id)
	}
	clear(p.loose)
	held := map[*peyk.Tracking]bool{}
	for _, part := range p.parts {
		held[part.order] = true
	}
	maps.DeleteFunc(p.orders, func(_ string, t *peyk.Tracking) bool { return !held[t] })
}

// greet forgets versions and numbers of another epoch; what was shown stays
// until the new world is known.
func (p *Picture) greet(epoch peyk.Epoch) {
	p.inStep, p.of = 0, nil
	for name, part := range p.parts {
		part.named = nil // a walk that broke off
		if epoch != p.epoch {
			p.drop(name)
		}
	}
	if epoch != p.epoch {
		for _, shown := range p.shown {
			shown.former = true
		}
	}
	p.epoch = epoch
}

// watch drops the parts that are not named. Who is in them goes with the next upto.
func (p *Picture) watch(parts []peyk.Watched) {
	p.of = make(map[uint64]*part, len(parts))
	wanted := make(map[peyk.Part]bool, len(parts))
	for _, w := range parts {
		wanted[w.Part] = true
		if p.parts[w.Part] == nil {
			p.parts[w.Part] = &part{ids: map[uint32]string{}}
		}
		p.of[w.Number] = p.parts[w.Part]
	}
	for name := range p.parts {
		if !wanted[name] {
			p.drop(name)
		}
	}
}

func (p *Picture) drop(name peyk.Part) {
	for number := range p.parts[name].ids {
		p.release(p.parts[name], number)
	}
	delete(p.parts, name)
}

func (p *Picture) apply(f peyk.Frame) error {
	part := p.of[f.Part]
	if part == nil {
		return fmt.Errorf("frame of part %d, which is not watched", f.Part)
	}
	if f.From > part.version {
		return fmt.Errorf("%w: part %d from %d, have %d", ErrGap, f.Part, f.From, part.version)
	}
	p.inStep = 0
	switch {
	case f.Order != nil:
		part.order, part.version = f.Order, f.To
		p.orders[f.Order.Order] = f.Order
		return nil
	case f.Cells != nil:
		p.applyCells(part, f)
		return nil
	}
	if f.Full {
		part.named, part.cells = map[uint32]bool{}, nil
	}
	for _, number := range f.Left {
		p.release(part, number)
	}
	for _, e := range f.Entries {
		if err := p.enter(part, e); err != nil {
			return err
		}
	}
	if f.More {
		return nil
	}
	part.version = f.To
	if part.named != nil {
		p.releaseUnnamed(part)
	}
	return nil
}

func (p *Picture) applyCells(part *part, f peyk.Frame) {
	if f.Full {
		p.empty(part)
		part.cells = map[uint8]peyk.Cell{}
	}
	for _, c := range f.Cells {
		if part.cells[c.Index] = c; c.Count == 0 {
			delete(part.cells, c.Index)
		}
	}
	part.version = f.To
}

// empty lets go of all that the part holds, a walk that broke off too.
func (p *Picture) empty(part *part) {
	part.named, part.cells = nil, nil
	for number := range part.ids {
		p.release(part, number)
	}
}

func (p *Picture) releaseUnnamed(part *part) {
	for number := range part.ids {
		if !part.named[number] {
			p.release(part, number)
		}
	}
	part.named = nil
}

func (p *Picture) enter(part *part, e peyk.Entry) error {
	if e.New {
		p.introduce(part, e)
	}
	shown := p.shown[part.ids[e.Number]]
	if shown == nil {
		return fmt.Errorf("courier number %d was not introduced", e.Number)
	}
	if e.Moved && (shown.former || e.Position.Stamp >= shown.Position.Stamp) {
		shown.Position, shown.former = e.Position, false
	}
	return nil
}

func (p *Picture) introduce(part *part, e peyk.Entry) {
	if part.named != nil {
		part.named[e.Number] = true
	}
	shown := p.shown[e.Courier.ID]
	if shown == nil {
		shown = &Shown{}
		p.shown[e.Courier.ID] = shown
	}
	shown.Courier = e.Courier
	if _, known := part.ids[e.Number]; !known {
		part.ids[e.Number] = e.Courier.ID
		shown.held++
		delete(p.loose, e.Courier.ID)
	}
}

// release lets a courier go from the part.
func (p *Picture) release(part *part, number uint32) {
	id, known := part.ids[number]
	if !known {
		return
	}
	delete(part.ids, number)
	if p.shown[id].held--; p.shown[id].held == 0 {
		p.loose[id] = true
	}
}
