package peyk_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rows is the house from the ground up, as ARCHITECTURE.md draws it. A room
// imports rooms of lower rows and its own packages, never its neighbours and
// never what is above. A new room or arrow is a change of design.
var rows = [][]string{
	{"peyk"},
	{"peyk/internal/wire"},
	{"peyk/internal/live", "peyk/internal/bus"},
	{"peyk/internal/store"},
	{"peyk/internal/ingest", "peyk/internal/order", "peyk/internal/auth", "peyk/internal/directory", "peyk/internal/audit", "peyk/internal/sim", "peyk/internal/client"},
	{"peyk/internal/api", "peyk/internal/socket", "peyk/internal/tile", "peyk/internal/bench", "peyk/web"},
	{"peyk/cmd/peyk"},
}

// narrow lists the rooms that may import less than the rows below them.
var narrow = map[string][]string{
	"peyk/internal/sim":    {"peyk"},                                               // pure: a seed in, positions out
	"peyk/internal/client": {"peyk", "peyk/internal/wire"},                         // stands outside, as a customer's program does
	"peyk/internal/bench":  {"peyk", "peyk/internal/wire", "peyk/internal/client"}, // as client
	"peyk/internal/tile":   {"peyk"},                                               // maps: it knows no couriers
	"peyk/internal/audit":  {"peyk"},                                               // a file of lines
	"peyk/web":             {},                                                     // files and nothing else
}

// doors says through which one room each third-party module comes in.
var doors = map[string]string{
	"github.com/alecthomas/kong":         "peyk/cmd/peyk",
	"go.yaml.in/yaml/v3":                 "peyk/cmd/peyk",
	"golang.org/x/sync":                  "peyk/cmd/peyk",
	"github.com/VictoriaMetrics/metrics": "peyk/internal/api",
	"github.com/coder/websocket":         "peyk/internal/client",
	"golang.org/x/sys":                   "peyk/internal/socket",
	"github.com/redis/rueidis":           "peyk/internal/bus",
	"modernc.org/sqlite":                 "peyk/internal/store",
	"golang.org/x/text":                  "peyk/internal/store",
	"github.com/jackc/pgx/v5":            "peyk/internal/store",
	"github.com/golang-jwt/jwt/v5":       "peyk/internal/auth",
}

// testsOnly lists the modules and the packages of ours that only tests import.
var testsOnly = []string{
	"github.com/google/go-cmp",
	"github.com/rogpeppe/go-internal",
	"pgregory.net/rapid",
	"peyk/internal/bus/redistest",
	"peyk/internal/store/storetest",
}

// An arrow is one import: from a package, to a package.
type arrow struct {
	from, to string
	test     bool // it stands in a _test.go file
}

func TestArrows(t *testing.T) {
	seen := map[string]bool{}
	for name, file := range parseTree(t, token.NewFileSet(), parser.ImportsOnly) {
		from := path.Join("peyk", path.Dir(filepath.ToSlash(name)))
		seen[from] = true
		for _, spec := range file.Imports {
			to, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if err := checkArrow(arrow{from, to, strings.HasSuffix(name, "_test.go")}); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if !seen["peyk"] || !seen["peyk/internal/wire"] {
		t.Errorf("saw only the packages %v: the walk is broken", seen)
	}
}

func TestCheckArrowRefusesWrongArrows(t *testing.T) {
	for _, tt := range []struct {
		name string
		arrow
		ok bool
	}{
		{"std", arrow{"peyk", "net/http", false}, true},
		{"down", arrow{"peyk/internal/live", "peyk/internal/wire", false}, true},
		{"down to the words", arrow{"peyk/internal/live", "peyk", false}, true},
		{"up", arrow{"peyk/internal/wire", "peyk/internal/live", false}, false},
		{"up from the words", arrow{"peyk", "peyk/internal/wire", false}, false},
		{"to a neighbour", arrow{"peyk/internal/live", "peyk/internal/bus", false}, false},
		{"to a neighbour, in a test", arrow{"peyk/internal/live", "peyk/internal/bus", true}, true},
		{"within a room", arrow{"peyk/internal/ingest/original", "peyk/internal/ingest", false}, true},
		{"from a package of a room to a neighbour", arrow{"peyk/internal/ingest/original", "peyk/internal/auth", false}, false},
		{"to the wiring", arrow{"peyk/internal/api", "peyk/cmd/peyk", false}, false},
		{"the wiring to all", arrow{"peyk/cmd/peyk", "peyk/internal/api", false}, true},
		{"down, but narrowed", arrow{"peyk/internal/sim", "peyk/internal/wire", false}, false},
		{"from an unknown room", arrow{"peyk/internal/utils", "peyk", false}, false},
		{"to an unknown room", arrow{"peyk/cmd/peyk", "peyk/internal/utils", false}, false},
		{"a like name is not the same room", arrow{"peyk/cmd/peyk", "peyk/internal/bushes", false}, false},
		{"library through its door", arrow{"peyk/internal/bus", "github.com/redis/rueidis", false}, true},
		{"package of a library through its door", arrow{"peyk/cmd/peyk", "golang.org/x/sync/errgroup", false}, true},
		{"library through another door", arrow{"peyk/internal/live", "github.com/redis/rueidis", false}, false},
		{"unknown library", arrow{"peyk/cmd/peyk", "example.com/left-pad", false}, false},
		{"unknown library, in a test", arrow{"peyk/cmd/peyk", "example.com/left-pad", true}, false},
		{"library for tests", arrow{"peyk/internal/live", "pgregory.net/rapid", false}, false},
		{"library for tests, in a test", arrow{"peyk/internal/live", "pgregory.net/rapid", true}, true},
		{"package for tests, from above", arrow{"peyk/cmd/peyk", "peyk/internal/bus/redistest", false}, false},
		{"package for tests, from its own room", arrow{"peyk/internal/bus", "peyk/internal/bus/redistest", false}, false},
		{"package for tests, in a test", arrow{"peyk/cmd/peyk", "peyk/internal/bus/redistest", true}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := checkArrow(tt.arrow); (err == nil) != tt.ok {
				t.Errorf("checkArrow(%+v) = %v, want ok %v", tt.arrow, err, tt.ok)
			}
		})
	}
}

// checkArrow returns an error that names the rule which a breaks.
func checkArrow(a arrow) error {
	if slices.ContainsFunc(testsOnly, func(p string) bool { return within(p, a.to) }) {
		if !a.test {
			return fmt.Errorf("%s is for tests only", a.to)
		}
		return nil
	}
	if within("peyk", a.to) {
		return checkRooms(a)
	}
	if first, _, _ := strings.Cut(a.to, "/"); strings.Contains(first, ".") {
		return checkDoor(a)
	}
	return nil // std
}

func checkRooms(a arrow) error {
	from, fromRow := room(a.from)
	to, toRow := room(a.to)
	if fromRow < 0 || toRow < 0 {
		return fmt.Errorf("%s imports %s: one of them is no room that deps_test.go knows", a.from, a.to)
	}
	if a.test || from == to {
		return nil
	}
	if only, ok := narrow[from]; ok && !slices.Contains(only, to) {
		return fmt.Errorf("%s imports %s (want only %q)", a.from, a.to, only)
	}
	if toRow >= fromRow {
		return fmt.Errorf("%s imports %s, which is not below it", a.from, a.to)
	}
	return nil
}

func checkDoor(a arrow) error {
	for module, door := range doors {
		if !within(module, a.to) {
			continue
		}
		if from, _ := room(a.from); from != door && !a.test {
			return fmt.Errorf("%s imports %s, which comes in through %s only", a.from, a.to, door)
		}
		return nil
	}
	return fmt.Errorf("%s imports %s, a module that deps_test.go does not know", a.from, a.to)
}

// room returns the room that a package of ours belongs to and the row of it,
// -1 if there is none. The root package is a room without further packages.
func room(pkg string) (string, int) {
	for row, names := range rows {
		for _, name := range names {
			if pkg == name || name != "peyk" && within(name, pkg) {
				return name, row
			}
		}
	}
	return "", -1
}

// within reports whether pkg is the package or module at root or lies in it.
func within(root, pkg string) bool {
	return pkg == root || strings.HasPrefix(pkg, root+"/")
}

// parseTree parses every Go file of this module, whatever system or tag it is
// for, by its name relative to the root. It reads the files in this process,
// so that go test notices when one changes and does not answer from its cache.
func parseTree(t *testing.T, fset *token.FileSet, mode parser.Mode) map[string]*ast.File {
	t.Helper()
	files := map[string]*ast.File{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return skipForeign(name)
		}
		if filepath.Ext(name) == ".go" {
			files[name], err = parser.ParseFile(fset, name, nil, mode)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// skipForeign returns fs.SkipDir for directories that go list ./... leaves out.
func skipForeign(dir string) error {
	base := filepath.Base(dir)
	if dir == "." {
		return nil
	}
	if base[0] == '.' || base[0] == '_' || base == "testdata" || base == "node_modules" {
		return fs.SkipDir
	}
	if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
		return fs.SkipDir // a module of its own
	}
	return nil
}
