// Package socket is the face that stays: connections of viewers, by WebSocket or
// as server-sent events. It knows the handshake, the framing of RFC 6455, which
// version of the world each viewer has, and when to say that nothing has
// happened. It promises that a viewer which reads slowly, or not at all, costs
// the others nothing: positions are never queued for it; when it can take bytes
// again it gets the difference between what it has and what is. What is encoded
// is encoded once for all who are in step; and what was encoded before a viewer's
// right changed does not leave the node a second later.
//
// It decides neither who may see what nor how a message looks: rights are Who's
// to say, package live makes the differences and package wire the bytes.
package socket
