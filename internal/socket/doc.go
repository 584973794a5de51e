// Package socket is the face that stays: connections of viewers, by WebSocket or
// as server-sent events. It knows the handshake, the framing of RFC 6455, which version of the world each
// viewer has, and when to say that nothing has happened. It promises that a
// viewer which reads slowly, or not at all, costs the others nothing: positions
// are never queued for it; when it can take bytes again it gets the difference
// between what it has and what is. What is encoded is encoded once for all who
// are in step. It does not know couriers, rights or the form of a message:
// package live makes the differences and package wire the bytes.
package socket
