package main

import (
	"errors"
	"fmt"
	"io"
	"runtime/debug"
)

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run(out io.Writer) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return errors.New("this binary was built without Go modules and does not know its version")
	}
	_, err := fmt.Fprintln(out, describe(info))
	return err
}

// describe says in one line what a binary was built from.
func describe(info *debug.BuildInfo) string {
	setting := map[string]string{"vcs.revision": "unknown", "vcs.time": "date unknown"}
	for _, s := range info.Settings {
		setting[s.Key] = s.Value
	}
	commit := setting["vcs.revision"]
	if setting["vcs.modified"] == "true" {
		commit += " with changes"
	}
	version := info.Main.Version
	if version == "" {
		version = "(devel)"
	}
	return fmt.Sprintf("peyk %s, commit %s, %s, %s", version, commit, setting["vcs.time"], info.GoVersion)
}
