// Package client is Peyk's API from outside: posting positions, and watching
// as a viewer does. The load generator, the simulator and the tests are its
// users, so it shares nothing with the rooms of the server but the vocabulary
// and the wire.
package client
