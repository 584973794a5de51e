// Command peyk is the whole of Peyk in one binary: the server, a demo, and the
// tools around them. It knows every room of the house and connects them; what
// is right or wrong is decided in the rooms, except for one thing that belongs
// here: what an option may be.
//
// It ends with status 0 when it did what it was asked to, and when it was asked
// to stop; with 1 when something failed while it ran; and with 2, after one
// sentence on stderr, when an option or the configuration file is wrong.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// Exit statuses, as the package comment says.
const (
	exitFailed = 1
	exitUsage  = 2
)

type commands struct {
	Serve    serveCmd    `cmd:"" help:"Run the server."`
	Demo     demoCmd     `cmd:"" help:"Run a server with couriers in a demo city."`
	Simulate simulateCmd `cmd:"" help:"Drive couriers against any Peyk."`
	Bench    benchCmd    `cmd:"" help:"Put a load on any Peyk, and check what comes out."`
	Key      struct {
		Make   keyMakeCmd   `cmd:"" help:"Make an API key."`
		List   keyListCmd   `cmd:"" help:"Show the API keys."`
		Revoke keyRevokeCmd `cmd:"" help:"End an API key for ever."`
	} `cmd:"" help:"Make, show and revoke API keys."`
	Token  tokenCmd `cmd:"" help:"Make a JWT, to try things out."`
	Config struct {
		Check checkCmd `cmd:"" help:"Check the server's options and show what they are."`
	} `cmd:"" help:"Look at the configuration."`
	Version versionCmd `cmd:"" help:"Show the version, commit and date."`
	Help    helpCmd    `cmd:"" help:"Show how a command is used."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // so the second signal does what a signal does: it ends the process
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is main without the process around it.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) (status int) {
	parser, err := newParser(ctx, stdout, stderr)
	if err != nil {
		fmt.Fprintln(stderr, "peyk:", err)
		return exitFailed
	}
	if len(args) == 0 {
		args = []string{"help"}
	}
	command, err := parser.Parse(args)
	if err == nil {
		err = command.Run()
	}
	if err == nil {
		return 0
	}
	fmt.Fprintln(stderr, "peyk:", sentence(err))
	wrong, unparsed := (*wrongOption)(nil), (*kong.ParseError)(nil)
	if errors.As(err, &wrong) || errors.As(err, &unparsed) {
		return exitUsage
	}
	return exitFailed
}

func newParser(ctx context.Context, stdout, stderr io.Writer) (*kong.Kong, error) {
	options := append(mappers(),
		kong.Name("peyk"),
		kong.Description("Peyk shows where your couriers are, now."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Writers(stdout, stderr),
		kong.PostBuild(func(k *kong.Kong) error {
			k.Model.HelpFlag.Hidden = true // whoever reads the list has found it
			return nil
		}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.BindTo(stdout, (*io.Writer)(nil)),
	)
	return kong.New(&commands{}, options...)
}

// helpCmd makes "peyk help serve" mean "peyk serve --help".
type helpCmd struct {
	Command []string `arg:"" optional:"" help:"The command to show, like serve."`
}

// Run prints the help; kong ends the process after it.
func (h *helpCmd) Run(k *kong.Kong) error {
	_, err := k.Parse(append(h.Command, "--help"))
	return err
}
