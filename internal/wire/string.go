package wire

import "unicode/utf8"

// appendString appends s as a JSON string. Text beyond ASCII stays as it is;
// U+2028 and U+2029 are escaped, so that the bytes are JavaScript too.
// json.Marshal would cost two allocations for each name of a frame.
func appendString(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			dst = append(dst, '\\', byte(r))
		case r < ' ' || r == 0x7f || r == '<' || r == '\u2028' || r == '\u2029':
			dst = append(dst, '\\', 'u', hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15])
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return append(dst, '"')
}
