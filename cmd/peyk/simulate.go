package main

import (
	"context"
	"io"
	"time"

	"peyk/internal/client"
	"peyk/internal/sim"

	"github.com/alecthomas/kong"
)

const maxCouriers = 1_000_000

// simulateCmd is peyk simulate.
type simulateCmd struct {
	Couriers int           `default:"100" help:"How many couriers drive."`
	URL      string        `default:"http://127.0.0.1:8082" placeholder:"${default}" help:"The Peyk to which they post."`
	Token    string        `placeholder:"TOKEN" help:"An API key or a JWT; better: PEYK_TOKEN."`
	Every    time.Duration `placeholder:"TIME" help:"Time between two positions, like 1s."`
	from     map[string]string
}

// Help is the long text under peyk simulate --help.
func (*simulateCmd) Help() string {
	return "Couriers drive around the demo city and post their positions as phones do. " +
		"Without --every they obey the interval that the server answers. " +
		"Every option can also be set by an environment variable, PEYK_ and its name. Ctrl-C ends it with a summary."
}

// BeforeResolve is called by kong when it has read the command line.
func (s *simulateCmd) BeforeResolve(ctx *kong.Context, command *kong.Path) error {
	s.from = make(map[string]string)
	ctx.AddResolver(resolver{environment(command.Flags), s.from})
	return nil
}

// Run drives the couriers until ctx ends, with a line every 10 s.
func (s *simulateCmd) Run(ctx context.Context, out io.Writer) error {
	if err := placed(s.check(), s.from); err != nil {
		return err
	}
	f := fleet{client: client.New(s.URL, s.Token), city: sim.NewCity(sim.Demo), couriers: s.Couriers, every: s.Every}
	return f.report(ctx, out)
}

func (s *simulateCmd) check() error {
	return firstWrong(
		couriersRule(s.Couriers),
		rule{"url", s.URL, webURL(s.URL), "the http:// or https:// URL of a Peyk, like http://127.0.0.1:8082"},
		rule{"every", show(s.Every), s.Every == 0 || s.Every >= 10*time.Millisecond && s.Every <= 24*time.Hour, "10ms to 24h"},
	)
}

func couriersRule(n int) rule {
	return rule{"couriers", show(n), n >= 1 && n <= maxCouriers, "1 to 1000000"}
}
