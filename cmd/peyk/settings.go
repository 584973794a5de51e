package main

import (
	"context"
	"errors"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// settings are a server's options as three places together give them: the
// command line over the environment over one file.
type settings struct {
	File   string `name:"config" placeholder:"FILE" help:"YAML file with these names as keys."`
	Config `embed:""`
	from   map[string]string // where an option's value stood, if not on the command line and not by default
}

// BeforeResolve is called by kong when it has read the command line.
func (s *settings) BeforeResolve(ctx *kong.Context, command *kong.Path) error {
	options := slices.DeleteFunc(slices.Clone(command.Flags), func(f *kong.Flag) bool { return f.Name == "config" })
	found := make(map[string]given)
	if path := configFile(ctx); path != "" {
		inFile, err := readFile(path, names(options))
		if err != nil {
			return err
		}
		maps.Copy(found, inFile)
	}
	maps.Copy(found, environment(options))
	s.from = make(map[string]string)
	ctx.AddResolver(resolver{found, s.from})
	return nil
}

// configFile returns the path of the configuration file; empty: there is none.
func configFile(ctx *kong.Context) string {
	for _, part := range ctx.Path {
		if part.Flag != nil && part.Flag.Name == "config" {
			return ctx.FlagValue(part.Flag).(string)
		}
	}
	return os.Getenv(variable("config"))
}

// check is Config.check, and says where the wrong value stood.
func (s *settings) check() error { return placed(s.Config.check(), s.from) }

// placed returns err; if it is a *wrongOption, with where its value stood.
func placed(err error, from map[string]string) error {
	if wrong, ok := errors.AsType[*wrongOption](err); ok {
		wrong.from = from[wrong.name]
	}
	return err
}

// environment returns the flags that are set by PEYK_<NAME>. Other variables
// with that beginning are nobody's mistake: an orchestrator with a service
// called peyk sets PEYK_PORT and more.
func environment(flags []*kong.Flag) map[string]given {
	found := make(map[string]given)
	for _, flag := range flags {
		name := variable(flag.Name)
		if text, set := os.LookupEnv(name); set {
			found[flag.Name] = given{texts: []string{text}, from: name}
		}
	}
	return found
}

func variable(flag string) string {
	return "PEYK_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

func names(flags []*kong.Flag) (names []string) {
	for _, flag := range flags {
		names = append(names, flag.Name)
	}
	return names
}

// resolver tells kong the values that were found outside the command line; kong
// asks for the flags alone that are not on it.
type resolver struct {
	found map[string]given
	used  map[string]string // filled with where the values that kong took stood
}

// Validate implements kong.Resolver; readFile has validated already.
func (resolver) Validate(*kong.Application) error { return nil }

// Resolve implements kong.Resolver.
func (r resolver) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	g, found := r.found[flag.Name]
	if !found {
		return nil, nil
	}
	r.used[flag.Name] = g.from
	return g, nil
}

type serveCmd struct{ settings }

// Help is the long text under peyk serve --help.
func (*serveCmd) Help() string {
	return "Every option can also be set by an environment variable, PEYK_ and its name, like PEYK_OPS_LISTEN; " +
		"and in the file that --config names, like \"ops-listen: 127.0.0.1:9082\". " +
		"The command line wins over the environment, and the environment over the file."
}

// Run serves until ctx ends.
func (s *serveCmd) Run(ctx context.Context, out io.Writer) error {
	if err := s.check(); err != nil {
		return err
	}
	return addressTaken(serve(ctx, s.Config, out, func(string) {}), "serve")
}
