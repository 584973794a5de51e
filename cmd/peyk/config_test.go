package main

import (
	"runtime/debug"
	"slices"
	"strings"
	"testing"
)

func TestDefaultsAreRight(t *testing.T) {
	c, err := defaults()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.check(); err != nil {
		t.Errorf("check of the defaults = %v, want nil", err)
	}
}

func TestDemoConfig(t *testing.T) {
	c, err := (&demoCmd{Listen: "127.0.0.1:0", Couriers: 1}).config()
	if err != nil {
		t.Fatal(err)
	}
	if !c.Insecure || c.OpsListen != "" || c.DataDir != "" || c.Bus != "memory:" || c.UpdateInterval.String() != "60/m" || c.MapStyle != "builtin" {
		t.Errorf("config of the demo = %+v", c)
	}
}

func TestLoopback(t *testing.T) {
	for address, want := range map[string]bool{
		"127.0.0.1:8082": true, "127.255.0.9:0": true, "[::1]:80": true, "localhost:80": true, "LocalHost:80": true, "[::ffff:127.0.0.1]:80": true,
		"": false, ":80": false, "0.0.0.0:80": false, "[::]:80": false, "128.0.0.1:80": false, "10.0.0.1:80": false, "localhost": false,
		"localhost.evil.example:80": false, "127.0.0.1.evil.example:80": false, "127.1:80": false, "[fe80::1]:80": false,
	} {
		if got := loopback(address); got != want {
			t.Errorf("loopback(%q) = %v, want %v", address, got, want)
		}
	}
}

func TestRedact(t *testing.T) {
	for text, want := range map[string]string{
		"":                                     "",
		"memory:":                              "memory:",
		"127.0.0.1:8082":                       "127.0.0.1:8082",
		"redis://redis:6379/1":                 "redis://redis:6379/1",
		"redis://peyk@redis:6379":              "redis://peyk@redis:6379",
		"redis://peyk:hunter2@redis:6379":      "redis://peyk:REDACTED@redis:6379",
		"redis://:hunter2@redis":               "redis://:REDACTED@redis",
		"redis://peyk:hun@ter2@redis":          "redis://peyk:REDACTED@redis",
		"redis://peyk:hun/t?e#r2@redis":        "redis://peyk:REDACTED@redis",
		"peyk:hunter2@redis":                   "peyk:REDACTED@redis",
		"https://maps.example/s.json?key=abcd": "https://maps.example/s.json?REDACTED",
		"https://maps.example/s.json#abcd":     "https://maps.example/s.json#REDACTED",
		"Data: you & me? yes":                  "Data: you & me? yes",
	} {
		if got := redact(text); got != want {
			t.Errorf("redact(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestHint(t *testing.T) {
	known := []string{"listen", "ops-listen", "tick"}
	for key, want := range map[string]string{
		"tik": `did you mean "tick"?`, "opslisten": `did you mean "ops-listen"?`, "": "want one of listen, ops-listen, tick",
		"quite-another": "want one of listen, ops-listen, tick",
	} {
		if got := hint(key, known); got != want {
			t.Errorf("hint(%q) = %q, want %q", key, got, want)
		}
	}
}

func TestDescribe(t *testing.T) {
	for _, c := range []struct {
		name string
		info debug.BuildInfo
		want string
	}{
		{"release", debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Version: "v1.2.3"}, Settings: []debug.BuildSetting{
			{Key: "vcs.revision", Value: "7299da4"}, {Key: "vcs.time", Value: "2026-11-22T15:00:00Z"}, {Key: "vcs.modified", Value: "false"}}},
			"peyk v1.2.3, commit 7299da4, 2026-11-22T15:00:00Z, go1.26.8"},
		{"changed", debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Version: "(devel)"}, Settings: []debug.BuildSetting{
			{Key: "vcs.revision", Value: "7299da4"}, {Key: "vcs.time", Value: "2026-11-22T15:00:00Z"}, {Key: "vcs.modified", Value: "true"}}},
			"peyk (devel), commit 7299da4 with changes, 2026-11-22T15:00:00Z, go1.26.8"},
		{"without version control", debug.BuildInfo{GoVersion: "go1.26.8"}, "peyk (devel), commit unknown, date unknown, go1.26.8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := describe(&c.info); got != c.want {
				t.Errorf("describe = %q, want %q", got, c.want)
			}
		})
	}
}

// FuzzFile: whatever the file holds, what is read of it is known and told from
// where, and an error is one line that names the file.
func FuzzFile(f *testing.F) {
	for _, seed := range []string{"tick: 1s\n", "tik: 1s", "a: [1, {b: c}]", "- a", "&a tick: *a", "<<: {tick: 1s}", "---\n...\n---", "\xff", "? [a]\n: b", "!!binary tick: x"} {
		f.Add([]byte(seed))
	}
	known := []string{"tick", "origins"}
	f.Fuzz(func(t *testing.T, content []byte) {
		options, err := parseFile("peyk.yaml", content, known)
		if err != nil && (options != nil || !strings.HasPrefix(err.Error(), "peyk.yaml")) {
			t.Errorf("parseFile = %v, %v, want an error that names the file", options, err)
		}
		for name, g := range options {
			if !slices.Contains(known, name) || g.from == "" || g.odd == "" && !g.list && len(g.texts) != 1 {
				t.Errorf("parseFile gives %q = %+v", name, g)
			}
		}
	})
}
