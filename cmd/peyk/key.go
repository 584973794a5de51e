package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"peyk"
	"peyk/internal/auth"
	"peyk/internal/store"

	"github.com/alecthomas/kong"
)

// shelf says where the store is, for commands that need nothing else of a
// server. It reads the same file as the server, and of it only this.
type shelf struct {
	File    string `name:"config" placeholder:"FILE" help:"The server's YAML file."`
	Store   string `placeholder:"URL" help:"As the server's."`
	DataDir string `default:"peyk-data" placeholder:"${default}" help:"As the server's."`
	from    map[string]string
}

// BeforeResolve is called by kong when it has read the command line.
func (s *shelf) BeforeResolve(ctx *kong.Context, command *kong.Path) error {
	found := make(map[string]given)
	if path := configFile(ctx); path != "" {
		inFile, err := readFile(path, serverOptions(ctx.Model))
		if err != nil {
			return err
		}
		maps.Copy(found, inFile)
	}
	maps.Copy(found, environment(command.Flags))
	maps.DeleteFunc(found, func(name string, _ given) bool { return name != "store" && name != "data-dir" })
	s.from = make(map[string]string)
	ctx.AddResolver(resolver{found, s.from})
	return nil
}

func serverOptions(app *kong.Application) []string {
	for _, command := range app.Children {
		if command.Name == "serve" {
			return names(command.Flags)
		}
	}
	return nil
}

// open opens the store that the server uses. One that is not there is likelier
// another one than the server's.
func (s *shelf) open(ctx context.Context) (*store.Store, error) {
	if file := s.missing(); file != "" {
		return nil, fmt.Errorf("there is no %s (want the server's --data-dir, --store or --config)", file)
	}
	return s.make(ctx)
}

// missing names the file of SQLite if it is not there.
func (s *shelf) missing() string {
	file, isFile := strings.CutPrefix(s.config().storeURL(), "sqlite:")
	if _, err := os.Stat(file); !isFile || !errors.Is(err, fs.ErrNotExist) {
		return ""
	}
	return file
}

func (s *shelf) config() Config { return Config{Store: s.Store, DataDir: s.DataDir} }

// make opens the store that the server uses, or will use.
func (s *shelf) make(ctx context.Context) (*store.Store, error) {
	c := s.config()
	err := c.checkStore()
	if err == nil {
		err = firstWrong(rule{"store", c.storeURL(), c.storeURL() != "none", "a store that keeps what it is told"})
	}
	if err != nil {
		return nil, placed(err, s.from)
	}
	return c.openStore(ctx, nil)
}

// rights are the options that say what a key or a token is good for.
type rights struct {
	Role     string   `required:"" placeholder:"ROLE" help:"admin, viewer, courier, service or customer."`
	Teams    []string `type:"list" placeholder:"TEAM,..." help:"Only for these teams; else for everybody."`
	Couriers []string `type:"list" placeholder:"ID,..." help:"Only for these couriers."`
}

func (r rights) claims(courier string, orders []string) peyk.Claims {
	return peyk.Claims{
		Role: peyk.Role(r.Role), All: len(r.Teams)+len(r.Couriers) == 0, Teams: r.Teams, Couriers: r.Couriers, Orders: orders, Self: courier,
	}
}

func (r rights) check() error {
	return firstWrong(
		rule{"role", r.Role, slices.Contains(peyk.Roles[:], peyk.Role(r.Role)), "admin, viewer, courier, service or customer"},
		rule{"teams", strings.Join(r.Teams, ","), possible(r.Teams, isTeam), "ids of teams, one at least; not given: everybody"},
		rule{"couriers", strings.Join(r.Couriers, ","), possible(r.Couriers, isCourier), "ids of couriers, one at least; not given: everybody"},
	)
}

// possible reports whether a list of ids names somebody, if it was given at all:
// an empty one is likelier a shell's variable that is not set than everybody.
func possible(ids []string, is func(id string) bool) bool {
	return ids == nil || len(ids) > 0 && !slices.ContainsFunc(ids, func(id string) bool { return !is(id) })
}

func isTeam(id string) bool    { return peyk.Team{ID: id}.Validate() == nil }
func isCourier(id string) bool { return peyk.Courier{ID: id}.Validate() == nil }

// keyMakeCmd is peyk key make.
type keyMakeCmd struct {
	shelf
	rights
	Courier string        `placeholder:"ID" help:"Whose it is, of a courier."`
	Name    string        `required:"" placeholder:"NAME" help:"What it is for, to find it again."`
	For     time.Duration `placeholder:"TIME" help:"How long it holds, like 720h; else for ever."`
}

// Help is the long text under peyk key make --help.
func (*keyMakeCmd) Help() string {
	return "Makes an API key in the server's store and prints it, once. A server that runs knows it within a second. It has to be the same store: give the --data-dir, --store or --config that the server has."
}

// Run makes the key.
func (k *keyMakeCmd) Run(ctx context.Context, app *kong.Kong, out io.Writer) error {
	if err := errors.Join(k.rights.check(), k.check()); err != nil {
		return placed(err, k.from)
	}
	now := time.Now()
	var until time.Time
	if k.For > 0 {
		until = now.Add(k.For)
	}
	key, text, err := auth.NewKey(rand.Reader, now, k.Name, k.claims(k.Courier, nil), until)
	if err != nil {
		return err
	}
	missing := k.missing()
	s, err := k.make(ctx)
	if err != nil {
		return err
	}
	if missing != "" {
		fmt.Fprintf(app.Stderr, "peyk: there was no %s: a server knows this key only if that is its store (--data-dir, --store)\n", missing)
	}
	if err := errors.Join(s.MakeKey(ctx, key), s.Close()); err != nil {
		return fmt.Errorf("keep the key: %w", err)
	}
	fmt.Fprintln(out, text)
	return nil
}

func (k *keyMakeCmd) check() error {
	return firstWrong(
		rule{"name", k.Name, k.Name != "" && printable(k.Name, peyk.MaxName), "1 to 512 bytes of printable text"},
		rule{"for", show(k.For), k.For >= 0, "a time above 0"},
		rule{"role", k.Role, peyk.Role(k.Role) != peyk.RoleCustomer, "another role: a customer comes with a link or a token"},
		rule{"courier", k.Courier, isCourier(k.Courier) == (peyk.Role(k.Role) == peyk.RoleCourier), "the id of the courier, for that role alone"},
	)
}

// keyListCmd is peyk key list.
type keyListCmd struct{ shelf }

// Run prints a line for each key.
func (k *keyListCmd) Run(ctx context.Context, out io.Writer) error {
	s, err := k.open(ctx)
	if err != nil {
		return err
	}
	keys, err := s.Keys(ctx)
	if err := errors.Join(err, s.Close()); err != nil {
		return err
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "ID\tNAME\tROLE\tFOR\tMADE\tUSED\tHOLDS")
	for _, key := range keys {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n",
			key.ID, key.Name, key.Claims.Role, reach(key.Claims), day(key.Made), day(key.Used), holds(key, time.Now()))
	}
	return table.Flush()
}

// reach says for whom claims are.
func reach(c peyk.Claims) string {
	switch {
	case c.Self != "":
		return "courier " + c.Self
	case c.All:
		return "everybody"
	}
	return strings.Join(append(slices.Clone(c.Teams), c.Couriers...), ",")
}

func holds(k store.Key, now time.Time) string {
	switch {
	case !k.Revoked.IsZero():
		return "revoked " + day(k.Revoked)
	case k.Until.IsZero():
		return "until revoked"
	case !now.Before(k.Until):
		return "expired " + day(k.Until)
	}
	return "until " + day(k.Until)
}

func day(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.Local().Format("2006-01-02 15:04")
}

// keyRevokeCmd is peyk key revoke.
type keyRevokeCmd struct {
	shelf
	ID string `arg:"" help:"Of the key, as peyk key list has it."`
}

// Run revokes the key.
func (k *keyRevokeCmd) Run(ctx context.Context) error {
	s, err := k.open(ctx)
	if err != nil {
		return err
	}
	err = errors.Join(s.RevokeKey(ctx, k.ID), s.Close())
	if errors.Is(err, peyk.ErrNotFound) {
		return fmt.Errorf("there is no such key: %q (peyk key list shows them)", k.ID)
	}
	return err
}
