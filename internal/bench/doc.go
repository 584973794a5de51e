// Package bench puts a load on a Peyk and checks what comes out while it
// measures. It stands outside, as a shop's own couriers and maps do: it knows
// addresses, the wire, and what it sent itself, which is the truth that every
// checked viewer is held against.
//
// It promises that what it reports was seen: bytes and frames are counted by
// every viewer, positions and delays by those that decode. It does not measure
// the server's CPU or memory; who has the server's process does that.
package bench
