// Package live is the world: the newest position of every courier this node
// knows, where each is on the map's grid, and what changed from tick to tick in
// every part that somebody watches. It promises that the newer stamp wins
// whatever is lost, repeated or reordered on the way; that every picture made
// of its frames, in the order that package peyk describes, equals the world
// seen through the viewer's scopes and view; that a courier which is in none of
// them is in none of its frames; and that it stays within its bounds. It does
// no input or output and knows no encoding; a team is a label to it, and what
// the customer of an order may see is somebody else's to say.
//
// One mutex guards the world. It is held for look-ups and copies, never while
// something waits. A position is applied where it is taken, and the tick moves
// couriers between parts and collects what changed.
package live
