package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"peyk/internal/bench"

	"github.com/alecthomas/kong"
)

// maxViewers is as many as one process has ports and memory for.
const maxViewers = 15_000

// benchCmd is peyk bench.
type benchCmd struct {
	URL        string        `default:"http://127.0.0.1:8082" placeholder:"${default}" help:"The Peyk that bears the load."`
	Token      string        `placeholder:"TOKEN" help:"An API key or a JWT; better: PEYK_TOKEN."`
	Couriers   int           `default:"1000" help:"How many couriers drive."`
	Every      time.Duration `default:"1s" help:"Time between two positions of one."`
	Viewers    int           `default:"50" help:"How many viewers are connected."`
	Watch      string        `default:"all" help:"What each watches: all, box or courier."`
	Encoding   string        `default:"bin" help:"json, bin or original."`
	Feed       string        `default:"http" help:"How positions come: http, batch or redis."`
	Redis      string        `default:"redis://127.0.0.1:6379" placeholder:"URL" help:"Where to publish them, for --feed redis."`
	Channel    string        `default:"dlchannel" placeholder:"${default}" help:"On which channel."`
	Duration   time.Duration `default:"10s" help:"How long to measure."`
	CheckEvery int           `default:"50" placeholder:"N" help:"One viewer in N decodes and checks."`
	JSON       bool          `name:"json" help:"Write the result as JSON."`
	from       map[string]string
}

// Help is the long text under peyk bench --help.
func (*benchCmd) Help() string {
	return "A load for any Peyk, from a process of its own. While it measures, and at the end, one viewer in N is held against what was sent: " +
		"no courier goes back in time, none is shown that was not asked for, and the last picture is the truth. " +
		"It ends with status 1 if a check fails."
}

// BeforeResolve is called by kong when it has read the command line.
func (b *benchCmd) BeforeResolve(ctx *kong.Context, command *kong.Path) error {
	b.from = make(map[string]string)
	ctx.AddResolver(resolver{environment(command.Flags), b.from})
	return nil
}

// Run puts the load on, and writes what came of it.
func (b *benchCmd) Run(ctx context.Context, out io.Writer) (err error) {
	if err := placed(b.check(), b.from); err != nil {
		return err
	}
	run, err := bench.Open(ctx, bench.Load{
		URL: b.URL, Token: b.Token, Couriers: b.Couriers, Every: b.Every,
		Viewers: b.Viewers, Watch: bench.Watch(b.Watch), Language: bench.Languages()[b.Encoding],
		Feed: bench.Feed(b.Feed), Redis: b.Redis, Channel: b.Channel, CheckEvery: b.CheckEvery,
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, run.Close()) }()
	const warm = 2 * time.Second // first pictures, and the first tick of everything
	if _, err := run.Measure(ctx, warm); err != nil {
		return err
	}
	result, err := run.Measure(ctx, b.Duration)
	if err != nil {
		return err
	}
	wrong := run.Settle(ctx)
	if err := b.tell(out, result, wrong); err != nil {
		return err
	}
	if wrong != nil {
		return fmt.Errorf("a check failed: %w", wrong)
	}
	return nil
}

func (b *benchCmd) tell(out io.Writer, result bench.Result, wrong error) error {
	if b.JSON {
		return json.NewEncoder(out).Encode(struct {
			bench.Result
			OK bool `json:"ok"`
		}{result, wrong == nil})
	}
	verdict := "every check passed"
	if wrong != nil {
		verdict = "a check failed"
	}
	_, err := fmt.Fprintf(out, "%v\n%s\n", result, verdict)
	return err
}

func (b *benchCmd) check() error {
	languages := slices.Sorted(maps.Keys(bench.Languages()))
	return firstWrong(
		couriersRule(b.Couriers),
		rule{"url", b.URL, webURL(b.URL), "the URL of a Peyk, like http://127.0.0.1:8082"},
		rule{"every", show(b.Every), b.Every >= 10*time.Millisecond && b.Every <= 24*time.Hour, "10ms to 24h"},
		rule{"viewers", show(b.Viewers), b.Viewers >= 0 && b.Viewers <= maxViewers, fmt.Sprintf("0 to %d", maxViewers)},
		rule{"watch", b.Watch, slices.Contains([]bench.Watch{bench.WatchAll, bench.WatchBox, bench.WatchCourier}, bench.Watch(b.Watch)), "all, box or courier"},
		rule{"watch", b.Watch, b.Encoding != "original" || b.Watch == string(bench.WatchAll), "all, since the original stream has no views"},
		rule{"encoding", b.Encoding, slices.Contains(languages, b.Encoding), "json, bin or original"},
		rule{"feed", b.Feed, slices.Contains([]bench.Feed{bench.FeedHTTP, bench.FeedBatch, bench.FeedRedis}, bench.Feed(b.Feed)), "http, batch or redis"},
		rule{"duration", show(b.Duration), b.Duration >= time.Second && b.Duration <= time.Hour, "1s to 1h"},
		rule{"check-every", show(b.CheckEvery), b.CheckEvery >= 1, "1 or more; 1: every viewer checks"},
	)
}
