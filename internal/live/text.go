package live

import "peyk"

// texts holds ids and names in large blocks, so that they cost no pointer each.
type texts struct {
	blocks        [][]byte
	dropped, kept int // bytes
}

// textRef is where a courier's texts stand: id, username and name, in this order.
type textRef struct {
	block    uint32
	at       uint32
	id       uint8
	username uint16
	name     uint16
}

func (r textRef) size() int { return int(r.id) + int(r.username) + int(r.name) }

const blockSize = 1 << 20

// put stores the texts of a valid courier; its team is not one of them.
func (t *texts) put(c peyk.Courier) textRef {
	r := textRef{id: uint8(len(c.ID)), username: uint16(len(c.Username)), name: uint16(len(c.Name))}
	last := len(t.blocks) - 1
	if last < 0 || len(t.blocks[last])+r.size() > blockSize {
		t.blocks = append(t.blocks, make([]byte, 0, blockSize))
		last++
	}
	b := &t.blocks[last]
	r.block, r.at = uint32(last), uint32(len(*b))
	*b = append(append(append(*b, c.ID...), c.Username...), c.Name...)
	t.kept += r.size()
	return r
}

func (t *texts) drop(r textRef) {
	t.kept -= r.size()
	t.dropped += r.size()
}

// wasteful reports whether most of the space is lost.
func (t *texts) wasteful() bool { return t.dropped > t.kept+blockSize }

func (t *texts) bytes(r textRef) []byte { return t.blocks[r.block][r.at:][:r.size()] }

func (t *texts) id(r textRef) string { return string(t.bytes(r)[:r.id]) }

// same reports whether id is the courier's. It allocates nothing.
func (t *texts) same(r textRef, id string) bool { return string(t.bytes(r)[:r.id]) == id }

func (t *texts) idBytes(r textRef) []byte  { return t.bytes(r)[:r.id] }
func (t *texts) username(r textRef) []byte { return t.bytes(r)[r.id:][:r.username] }
func (t *texts) name(r textRef) []byte     { return t.bytes(r)[int(r.id)+int(r.username):] }

// courier returns the texts as strings of their own; the team is left empty.
func (t *texts) courier(r textRef) peyk.Courier {
	all := string(t.bytes(r))
	return peyk.Courier{ID: all[:r.id], Username: all[r.id:][:r.username], Name: all[int(r.id)+int(r.username):]}
}
