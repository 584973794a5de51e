package socket

import "encoding/binary"

// Opcodes of RFC 6455, section 5.2.
const (
	opContinuation = 0x0
	opText         = 0x1
	opBinary       = 0x2
	opClose        = 0x8
	opPing         = 0x9
	opPong         = 0xA
)

// Bits of a frame's first two bytes.
const (
	bitFin  = 0x80
	bitRSV  = 0x70
	bitMask = 0x80
)

const (
	maxControl = 125 // bytes of a control frame's payload, RFC 6455 section 5.5
	maxHeader  = 14  // bytes: 2, a length of 8, a mask of 4
)

// appendFrame appends a whole, unmasked frame as servers send it.
func appendFrame(dst []byte, opcode byte, payload []byte) []byte {
	dst = append(dst, bitFin|opcode)
	switch n := len(payload); {
	case n <= 125:
		dst = append(dst, byte(n))
	case n <= 0xFFFF:
		dst = binary.BigEndian.AppendUint16(append(dst, 126), uint16(n))
	default:
		dst = binary.BigEndian.AppendUint64(append(dst, 127), uint64(n))
	}
	return append(dst, payload...)
}

// appendClose appends a close frame; the reason is cut to what fits.
func appendClose(dst []byte, code int, reason string) []byte {
	payload := binary.BigEndian.AppendUint16(make([]byte, 0, maxControl), uint16(code))
	payload = append(payload, reason[:min(len(reason), maxControl-2)]...)
	return appendFrame(dst, opClose, payload)
}
