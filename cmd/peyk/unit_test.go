package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestUnit has systemd read the unit, and Peyk the options in it.
func TestUnit(t *testing.T) {
	const there = "/usr/local/bin/peyk"
	text, err := os.ReadFile("../../deploy/peyk.service")
	if err != nil || !strings.Contains(string(text), "ExecStart="+there+" ") {
		t.Fatalf("deploy/peyk.service does not start %s (%v)", there, err)
	}
	self, err := os.Executable() // that there is a program is part of what is checked
	if err != nil {
		t.Fatal(err)
	}
	unit := filepath.Join(t.TempDir(), "peyk.service")
	if err := os.WriteFile(unit, []byte(strings.Replace(string(text), there, self, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	said, err := exec.Command("systemd-analyze", "verify", "--man=no", unit).CombinedOutput()
	if err != nil || strings.Contains(string(said), "peyk.service") {
		t.Errorf("systemd-analyze verify, of Debian's package systemd: %v\n%s", err, said)
	}

	start := regexp.MustCompile(`(?m)^ExecStart=\S+ serve (.*)$`).FindStringSubmatch(string(text))[1]
	config := filepath.Join(t.TempDir(), "peyk.yaml")
	if err := os.WriteFile(config, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	args := strings.Fields(strings.NewReplacer("/etc/peyk.yaml", config, "${STATE_DIRECTORY}", t.TempDir()).Replace(start))
	if said, err := exec.Command("peyk", append([]string{"config", "check"}, args...)...).CombinedOutput(); err != nil {
		t.Errorf("the unit's options are wrong: %v\n%s", err, said)
	}
}
