// Package tile knows which map lies under the couriers and brings it to the
// pages: a PMTiles file from the disk, or somebody else's style, tiles, glyphs
// and sprites by way of a proxy that keeps what it fetched on the disk.
//
// The proxy asks for nothing but what the style names, filled into the style's
// own templates; it follows no redirect to another host, and reaches private
// addresses only for a map that is itself on one. Keys stay here: pages get
// styles in which every address is Peyk's own. A host that hangs costs who
// waits for it some seconds, and after that nobody anything. Memory, disk and
// time are bounded; where the disk does not work, tiles pass through.
//
// It draws nothing, and knows nothing of couriers. That a page which gets no
// map shows the one it has built in is the page's own affair.
package tile
