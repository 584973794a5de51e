package main

import (
	"os"
	"path/filepath"
	"strings"
	"time"
	_ "time/tzdata" // names of zones mean something where the system has no files for them
)

// isZone reports whether text is the name of a time zone, as browsers know it.
func isZone(text string) bool {
	_, err := time.LoadLocation(text)
	return err == nil && text != "" && text != "Local" && !strings.HasPrefix(text, "posix") && !strings.HasPrefix(text, "right/")
}

// zone returns the chosen zone, or the server's own; UTC where that has no name.
func zone(chosen string) string {
	if chosen != "" {
		return chosen
	}
	link, _ := filepath.EvalSymlinks("/etc/localtime") // a system without it has no zone
	_, linked, _ := strings.Cut(link, "/zoneinfo/")
	written, _ := os.ReadFile("/etc/timezone")
	for _, name := range []string{strings.TrimPrefix(os.Getenv("TZ"), ":"), linked, strings.TrimSpace(string(written))} {
		if isZone(name) {
			return name
		}
	}
	return "UTC"
}
