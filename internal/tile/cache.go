package tile

import (
	"bytes"
	"container/list"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	maxHead    = 2 << 10       // bytes of the line before a kept body
	blockSize  = 4 << 10       // what the smallest file takes on a disk
	unfinished = "unfinished-" // how the names of files begin that are being written
)

// meta is what is kept of an answer beside its body.
type meta struct {
	Status   int       `json:"status"`
	Type     string    `json:"type,omitempty"`
	Encoding string    `json:"encoding,omitempty"` // gzip, or none
	Tag      string    `json:"tag,omitempty"`      // the host's ETag
	Modified string    `json:"modified,omitempty"` // the host's Last-Modified
	Range    string    `json:"range,omitempty"`    // Content-Range
	Until    time.Time `json:"until"`              // it is good until then
	Strict   bool      `json:"strict,omitempty"`   // and not a moment longer
	Sum      string    `json:"sum"`                // SHA-256 of the body
	Size     int64     `json:"size"`               // of the body
}

// thing is an answer: its body is in memory or in an open file.
type thing struct {
	meta
	body   []byte
	file   *os.File // nil: it is in memory
	begins int64    // of the body in the file
	stored bool     // the cache has it now
}

func (t *thing) content() io.ReadSeeker {
	if t.file != nil {
		return io.NewSectionReader(t.file, t.begins, t.Size)
	}
	return bytes.NewReader(t.body)
}

func (t *thing) close() {
	if t.file != nil {
		_ = t.file.Close() // it was only read
	}
}

// cache keeps things as files of a directory, one line of JSON and the body in
// each, and removes those that were not used for the longest time where they
// get too many. Names are hashes: addresses may hold keys. What a crash has
// torn is not shown: every file is compared with its sum before it is used for
// the first time.
type cache struct {
	dir  string // empty: nothing is kept
	max  int64  // bytes
	made time.Time

	mu    sync.Mutex // guards the rest
	files map[string]*list.Element
	order *list.List // of *kept, the latest used first
	bytes int64
}

type kept struct {
	name  string
	bytes int64
	sound bool // compared with its sum
}

func newCache(dir string, most int64) *cache {
	return &cache{dir: dir, max: most, made: time.Now(), files: make(map[string]*list.Element), order: list.New()}
}

// scan learns what is there from before, and clears away what a crash has left.
func (c *cache) scan() error {
	if c.dir == "" {
		return nil
	}
	entries, err := os.ReadDir(c.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var found []fs.FileInfo
	for _, entry := range entries {
		if info, gone := entry.Info(); gone == nil && info.Mode().IsRegular() && info.ModTime().Before(c.made) {
			found = append(found, info)
		}
	}
	slices.SortFunc(found, func(a, b fs.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	for _, info := range found {
		switch {
		case strings.HasPrefix(info.Name(), unfinished):
			_ = os.Remove(filepath.Join(c.dir, info.Name())) // the next start tries again
		case len(info.Name()) == hex.EncodedLen(sha256.Size):
			c.recall(info.Name(), info.Size())
		}
	}
	return err
}

// recall puts a file of before behind all that are known.
func (c *cache) recall(name string, size int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, found := c.files[name]; found {
		return
	}
	size = onDisk(size)
	c.files[name] = c.order.PushBack(&kept{name: name, bytes: size})
	c.bytes += size
	c.makeRoom()
}

// open returns what is kept under a name, or nil. The caller closes it.
func (c *cache) open(name string) *thing {
	if c.dir == "" {
		return nil
	}
	file, err := os.Open(filepath.Join(c.dir, name))
	if err != nil {
		return nil
	}
	t, err := readThing(file)
	if err == nil && !c.isSound(name) {
		err = t.compare()
	}
	if err != nil {
		_ = file.Close() // it was only read
		c.remove(name)
		return nil
	}
	c.note(name, t.begins+t.Size)
	return t
}

func readThing(file *os.File) (*thing, error) {
	head := make([]byte, maxHead)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	end := bytes.IndexByte(head[:n], '\n')
	t := &thing{file: file, begins: int64(end) + 1, stored: true}
	if end < 0 || json.Unmarshal(head[:end], &t.meta) != nil {
		return nil, errors.New("no head")
	}
	info, err := file.Stat()
	if err == nil && info.Size() != t.begins+t.Size {
		err = errors.New("not whole")
	}
	return t, err
}

func (t *thing) compare() error {
	sum := sha256.New()
	if _, err := io.Copy(sum, t.content()); err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != t.Sum {
		return errors.New("not what was written")
	}
	return nil
}

// put keeps a thing whose body is in memory. Others see all of it or nothing; what
// a loss of power leaves, its sum tells.
func (c *cache) put(name string, t *thing) error {
	if c.dir == "" {
		return nil
	}
	head, err := json.Marshal(t.meta)
	if err != nil || len(head) >= maxHead {
		return fmt.Errorf("a head of %d bytes: %w", len(head), err)
	}
	file, err := os.CreateTemp(c.dir, unfinished)
	if errors.Is(err, fs.ErrNotExist) && os.MkdirAll(c.dir, 0o700) == nil {
		file, err = os.CreateTemp(c.dir, unfinished)
	}
	if err != nil {
		return err
	}
	_, err = file.Write(append(head, '\n'))
	if err == nil {
		_, err = file.Write(t.body)
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), filepath.Join(c.dir, name))
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	c.note(name, int64(len(head))+1+t.Size)
	t.stored = true
	return nil
}

// isSound reports whether the file was compared with its sum already.
func (c *cache) isSound(name string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	element, found := c.files[name]
	return found && element.Value.(*kept).sound
}

// note takes down that a sound file was written or used.
func (c *cache) note(name string, size int64) {
	size = onDisk(size)
	c.mu.Lock()
	defer c.mu.Unlock()
	if element, found := c.files[name]; found {
		k := element.Value.(*kept)
		c.bytes += size - k.bytes
		k.bytes, k.sound = size, true
		c.order.MoveToFront(element)
	} else {
		c.files[name] = c.order.PushFront(&kept{name, size, true})
		c.bytes += size
	}
	c.makeRoom()
}

// makeRoom is for callers that hold mu.
func (c *cache) makeRoom() {
	for c.bytes > c.max && c.order.Len() > 0 {
		c.forget(c.order.Back())
	}
}

func onDisk(size int64) int64 { return (size + blockSize - 1) / blockSize * blockSize }

// remove takes a file away.
func (c *cache) remove(name string) {
	if c.dir == "" {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if element, found := c.files[name]; found {
		c.forget(element)
		return
	}
	_ = os.Remove(filepath.Join(c.dir, name)) // what cannot be removed is not used either
}

// forget is for callers that hold mu.
func (c *cache) forget(element *list.Element) {
	k := c.order.Remove(element).(*kept)
	delete(c.files, k.name)
	c.bytes -= k.bytes
	_ = os.Remove(filepath.Join(c.dir, k.name)) // the next scan finds it again
}

func (c *cache) size() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.bytes
}
