package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"peyk"
	"peyk/internal/auth"

	"github.com/alecthomas/kong"
)

// tokenCmd is peyk token.
type tokenCmd struct {
	rights
	Orders   []string      `type:"list" placeholder:"ID,..." help:"Of a customer."`
	Subject  string        `required:"" placeholder:"ID" help:"Whom it stands for; of a courier its id."`
	Name     string        `placeholder:"NAME" help:"To show."`
	For      time.Duration `default:"1h" help:"How long it holds, at most 24h."`
	Secret   secret        `name:"auth-jwt-secret" placeholder:"SECRET" help:"The server's; better: PEYK_AUTH_JWT_SECRET."`
	File     string        `name:"key" placeholder:"FILE" help:"Or a private key in PEM."`
	Issuer   string        `name:"auth-issuer" placeholder:"NAME" help:"As the server wants it."`
	Audience string        `name:"auth-audience" placeholder:"NAME" help:"As the server wants it."`
	from     map[string]string
}

// Help is the long text under peyk token --help.
func (*tokenCmd) Help() string {
	return "Makes a JWT as your shop would, to try things out, and prints it. It asks no server."
}

// BeforeResolve is called by kong when it has read the command line.
func (t *tokenCmd) BeforeResolve(ctx *kong.Context, command *kong.Path) error {
	t.from = make(map[string]string)
	ctx.AddResolver(resolver{environment(command.Flags), t.from})
	return nil
}

// Run prints the token.
func (t *tokenCmd) Run(_ context.Context, out io.Writer) error {
	if err := t.check(); err != nil {
		return placed(err, t.from)
	}
	key, err := t.key()
	if err != nil {
		return placed(err, t.from)
	}
	now := time.Now()
	text, err := auth.Sign(auth.Draft{
		Subject: t.Subject, Name: t.Name, Claims: t.claims(t.Subject, t.Orders), Issuer: t.Issuer, Audience: t.Audience, From: now, Until: now.Add(t.For),
	}, key)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, text)
	return nil
}

// key returns what signs. Anything may be a secret, so a file has to be PEM.
func (t *tokenCmd) key() ([]byte, error) {
	if t.File == "" {
		return []byte(t.Secret), nil
	}
	text, err := readBounded(t.File)
	if err == nil && !bytes.Contains(text, []byte("-----BEGIN ")) {
		err = errors.New("it is none")
	}
	if err != nil {
		return nil, &wrongOption{name: "key", is: quote(t.File), want: "a readable file of a private key in PEM: " + err.Error()}
	}
	return text, nil
}

func (t *tokenCmd) check() error {
	if err := t.rights.check(); err != nil {
		return err
	}
	return firstWrong(
		rule{"subject", t.Subject, t.Subject != "" && printable(t.Subject, peyk.MaxID), "1 to 128 bytes of printable text"},
		rule{"for", show(t.For), t.For > 0 && t.For <= 24*time.Hour, "a time of at most 24h"},
		rule{"auth-jwt-secret", t.Secret.String(), (t.Secret == "") != (t.File == ""), "either this, as the server has it, or --key"},
	)
}
