package main

import (
	"log/slog"
	"time"
	"unicode"

	"peyk"
	"peyk/internal/api"
	"peyk/internal/auth"
	"peyk/internal/bus"
	"peyk/internal/wire"

	"github.com/alecthomas/kong"
)

// Config is what can be chosen about a server. The tags hold the defaults;
// defaults returns them filled in. It is one flat struct, longer than others,
// because every field is a flag, an environment variable and a key of the
// configuration file under one and the same name.
type Config struct {
	Listen                 string        `default:"127.0.0.1:8082" placeholder:"${default}" help:"For maps and phones; or unix:PATH."`
	OpsListen              string        `default:"127.0.0.1:9082" placeholder:"${default}" help:"Address for health and metrics; empty: off."`
	Pprof                  bool          `help:"Serve profiles too on the ops address."`
	Origins                []string      `type:"list" placeholder:"ORIGIN,..." help:"Other sites whose pages may connect."`
	PublicURL              string        `placeholder:"URL" help:"Where your proxy shows Peyk to browsers."`
	TrustedProxies         []string      `type:"list" placeholder:"CIDR,..." help:"Proxies that say for whom they ask; or unix."`
	DataDir                string        `default:"peyk-data" placeholder:"${default}" help:"Directory of what survives a restart."`
	Store                  string        `placeholder:"URL" help:"sqlite:PATH, postgres://…, or none: in memory."`
	AuthJWTSecret          secret        `placeholder:"SECRET" help:"Your JWTs' (HS256); by environment or file."`
	AuthJWTKeys            []string      `type:"list" placeholder:"FILE,..." help:"Your JWTs' public keys, in PEM."`
	AuthJWKS               string        `placeholder:"URL" help:"Or the JWKS that holds them."`
	AuthIssuer             string        `placeholder:"NAME" help:"The iss that JWTs must have."`
	AuthAudience           string        `placeholder:"NAME" help:"The aud that JWTs must have."`
	AuthCookie             string        `placeholder:"NAME" help:"Cookie that may hold a JWT."`
	AuditLog               string        `placeholder:"FILE" help:"Keep who watched whom, as JSON lines."`
	Bus                    string        `default:"memory:" placeholder:"${default}" help:"memory:, redis://… or rediss://…"`
	BusChannel             string        `default:"dlchannel" placeholder:"${default}" help:"Redis channel of the positions."`
	BusDecimals            wire.Decimals `default:"number" help:"Degrees on the bus: number or string."`
	Tick                   time.Duration `default:"100ms" help:"Least time between updates, 1ms to 10s."`
	UpdateInterval         peyk.Rate     `default:"1/m" help:"Positions wanted per s, m, h or d."`
	UpdateIntervalCarrying peyk.Rate     `default:"6/m" placeholder:"R" help:"Likewise, an order on its way; default 6/m."`
	LocationPath           string        `placeholder:"PATH" help:"Your old URL path for positions, if any."`
	PostRate               peyk.Rate     `default:"5/s" help:"Positions taken of one courier; 20 at once."`
	MaxSockets             int           `default:"50" help:"Maps of one identity open at once."`
	MaxCouriers            int           `default:"1000000" help:"Couriers kept at most."`
	Forget                 time.Duration `default:"24h" help:"Silence after which a courier is forgotten."`
	OrderVisibleFrom       string        `default:"picked_up" placeholder:"STATE" help:"Couriers are seen from picked_up or assigned"`
	OrderVisibleStops      int           `default:"1" help:"on by customers of so many next stops,"`
	OrderVisibleMinutes    int           `default:"10" help:"or who expect it within so many minutes,"`
	OrderVisibleMetres     int           `default:"2000" help:"or who live so near."`
	OrderCourierName       bool          `help:"Tell customers the courier's first name."`
	MapStyle               string        `default:"openfreemap" placeholder:"${default}" help:"The map: a name, a URL or a .pmtiles file."`
	MapToken               secret        `placeholder:"SECRET" help:"What its service wants; by env or file."`
	MapProxy               bool          `help:"Fetch it through Peyk; the token stays here."`
	MapAttribution         string        `placeholder:"TEXT" help:"Whom the map thanks for its data."`
	ShopName               string        `placeholder:"TEXT" help:"Your shop, as its customers know it."`
	ShopColor              string        `placeholder:"#RRGGBB" help:"Its colour on their page."`
	ShopLogo               string        `placeholder:"FILE" help:"Its logo there: .svg, .png, .jpg or .webp."`
	ShopHubs               string        `placeholder:"FILE" help:"Its hubs; a line each: 35.7575 51.4106 Vanak"`
	Timezone               string        `placeholder:"NAME" help:"Like Asia/Tehran; default: the server's own."`
	Role                   half          `default:"both" placeholder:"${default}" help:"push only shows, ingest only takes posts."`
	Insecure               bool          `help:"Everybody may do everything; loopback only."`

	AuthForward        string        `placeholder:"URL" help:"Your URL that knows sessions and tokens."`
	AuthForwardCache   time.Duration `default:"1m" help:"How long its answer counts, 1s to 10m."`
	AuthForwardCookie  []string      `type:"list" placeholder:"NAME" help:"The cookies it wants; default: all."`
	AuthGatewayFrom    []string      `type:"list" placeholder:"CIDR" help:"Addresses of your gateway."`
	AuthGatewaySecret  secret        `placeholder:"TEXT" help:"That it sends; by environment or file."`
	AuthGatewayHeaders []string      `type:"list" placeholder:"MAP" help:"Other ones, like user=X-Consumer-Username."`
	AuthGatewayRole    string        `placeholder:"ROLE" help:"Of whom it says none; else refused."`
	LoginURL           string        `placeholder:"URL" help:"Page where people log in to your shop."`
}

// defaults returns the configuration of a server about which nothing was said.
func defaults() (Config, error) {
	var c Config
	err := kong.ApplyDefaults(&c, mappers()...)
	return c, err
}

// check returns a *wrongOption for the first option whose value cannot be used.
// It opens nothing, but the map's file to look at its first bytes. What a type
// alone can tell was told when it was read.
func (c Config) check() error {
	for _, check := range [...]func() error{c.checkAddresses, c.checkStore, c.checkWho, c.checkBus, c.checkRole, c.checkMap, c.checkOrders, c.checkShop, c.checkHubs} {
		if err := check(); err != nil {
			return err
		}
	}
	return firstWrong(
		rule{"login-url", c.LoginURL, c.LoginURL == "" || loginURL(c.LoginURL), "an http:// or https:// URL, or a path like /login/"},
		rule{"data-dir", c.DataDir, c.DataDir != "" || c.Insecure || c.Store != "", "a directory, where keys and couriers are kept; or --store"},
		rule{"tick", show(c.Tick), c.Tick >= time.Millisecond && c.Tick <= 10*time.Second, "1ms to 10s"},
		rule{"location-path", c.LocationPath, c.LocationPath == "" || api.CheckLocationPath(c.LocationPath) == nil,
			"a path of letters, digits and -._~ that Peyk does not use itself, like /api/location/"},
		rule{"max-couriers", show(c.MaxCouriers), c.MaxCouriers >= 1 && c.MaxCouriers <= 100_000_000, "1 to 100000000"},
		rule{"max-sockets", show(c.MaxSockets), c.MaxSockets >= 1 && c.MaxSockets <= 1_000_000, "1 to 1000000"},
		rule{"forget", show(c.Forget), c.Forget >= time.Second && c.Forget <= year, "1s to 8760h, a year"},
		rule{"timezone", c.Timezone, c.Timezone == "" || isZone(c.Timezone), "the IANA name of a time zone, like Asia/Tehran"},
	)
}

const year = 365 * 24 * time.Hour

func (c Config) checkAddresses() error {
	err := firstWrong(
		rule{"listen", c.Listen, listenable(c.Listen), "host:port, like 127.0.0.1:8082, or unix: and a path"},
		rule{"listen", c.Listen, !c.Insecure || loopback(c.Listen),
			"127.0.0.0/8, ::1 or localhost, because --insecure lets everybody do everything"},
		rule{"ops-listen", c.OpsListen, c.OpsListen == "" || listenable(c.OpsListen), "host:port, like 127.0.0.1:9082, unix: and a path, or nothing"},
		rule{"ops-listen", c.OpsListen, c.OpsListen != c.Listen || anyPort(c.Listen), "another address than --listen has"},
		rule{"pprof", show(c.Pprof), !c.Pprof || c.OpsListen != "", "--ops-listen too, where profiles are served"},
	)
	if err != nil {
		return err
	}
	if err := c.checkFront(); err != nil {
		return err
	}
	for _, origin := range c.Origins {
		if _, err := auth.NewDoor([]string{origin}); err != nil {
			return &wrongOption{name: "origins", is: quote(origin),
				want: "http:// or https://, a host in lower case, maybe a port, and nothing else, like https://shop.example"}
		}
	}
	return nil
}

func (c Config) checkBus() error {
	_, err := bus.Open(c.Bus, bus.Options{Log: slog.New(slog.DiscardHandler)}) // it connects to nothing before it runs
	return firstWrong(
		rule{"bus", c.Bus, err == nil, "memory:, redis://[user:password@]host:port[/db], or rediss:// for TLS"},
		rule{"bus-channel", c.BusChannel, c.BusChannel != "" && printable(c.BusChannel, 256), "1 to 256 bytes of printable text"},
	)
}

// rule is what one option has to be.
type rule struct {
	name  string
	value string
	kept  bool
	want  string
}

func firstWrong(rules ...rule) error {
	for _, r := range rules {
		if !r.kept {
			return &wrongOption{name: r.name, is: quote(r.value), want: r.want}
		}
	}
	return nil
}

func printable(text string, limit int) bool {
	for _, r := range text {
		if !unicode.IsPrint(r) {
			return false
		}
	}
	return len(text) <= limit
}
