// Package directory knows who the shop's couriers are: their names and teams,
// and who is on duty, as the store has it. It keeps that in memory, tells the
// world, and learns within a second of every change, whoever made it. The other
// way round it keeps the world's newest positions in the store, so that a
// restarted server shows them at once, with their age.
//
// It promises that a change is known to look-ups before the world is told of it;
// that nothing here waits for the store while somebody else waits for a
// position, a tick or a look-up; and that the live part goes on when the store
// does not answer, as it last was. It decides nothing: who may see or change
// what is others' business, and so is writing what the shop says.
package directory
