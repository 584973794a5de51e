package original

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
)

// readForm reads application/x-www-form-urlencoded as Python's parse_qsl
// does: nothing is malformed, a bad escape stands for itself.
func (f *fields) readForm(body []byte) {
	for len(body) > 0 {
		var pair []byte
		pair, body, _ = bytes.Cut(body, []byte("&"))
		name, val, _ := bytes.Cut(pair, []byte("="))
		f.setText(unescape(name), unescape(val))
	}
	f.nameUser()
}

func (f *fields) readMultipart(contentType string, body []byte) error {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil || params["boundary"] == "" {
		return malformed("Multipart form parse error - Invalid boundary in multipart: None")
	}
	parts := multipart.NewReader(bytes.NewReader(body), params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return malformed("Multipart form parse error - " + err.Error())
		}
		if part.FileName() != "" {
			continue
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return malformed("Multipart form parse error - " + err.Error())
		}
		f.setText([]byte(part.FormName()), content)
	}
	f.nameUser()
	return nil
}

// setText sets a field of a form, whose values are all texts.
func (f *fields) setText(name, val []byte) {
	for at := range fieldCount {
		if at != user && names[at] == string(name) {
			f[at] = value{text, bytes.ToValidUTF8(val, []byte("\uFFFD"))}
		}
	}
}

// nameUser says that a form named a user if it filled in one of its fields:
// forms send those that were left empty, too.
func (f *fields) nameUser() {
	if !f[userID].blank() || !f[userUsername].blank() || !f[userName].blank() {
		f[user] = value{kind: dict}
	}
}

// unescape decodes plus signs and percent escapes.
func unescape(s []byte) []byte {
	if bytes.IndexByte(s, '+') < 0 && bytes.IndexByte(s, '%') < 0 {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '+':
			out = append(out, ' ')
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			out = append(out, unhex(s[i+1])<<4|unhex(s[i+2]))
			i += 2
		default:
			out = append(out, c)
		}
	}
	return out
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}
