//go:build unix

package main

import "syscall"

// openFiles returns how many files this process may have open; 0: nobody knows.
// The runtime has raised the limit when the program started: to one below the
// hard limit, for reasons of its own.
func openFiles() int {
	const enough = 1 << 20
	var limit syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit) != nil {
		return 0
	}
	return int(min(uint64(limit.Cur), enough))
}
