package forward

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// KeyPrefix begins the Key of every identity of this package.
const KeyPrefix = "forward:"

// Credential is what the shop knows somebody by, as the headers of the request
// have it. The zero Credential is none.
type Credential struct {
	Cookie        string
	Authorization string
}

// Size returns its bytes.
func (c Credential) Size() int { return len(c.Cookie) + len(c.Authorization) }

// key names the credential and does not tell it: 128 bits of its SHA-256. A line
// break cannot be in either header.
func (c Credential) key() string {
	hash := sha256.Sum256([]byte(c.Cookie + "\n" + c.Authorization))
	return KeyPrefix + hex.EncodeToString(hash[:16])
}

// Cookies returns the cookies of those names, as the browser wrote them and in
// its order; without names all.
func Cookies(lines []string, names []string) string {
	var kept []string
	for _, line := range lines {
		for pair := range strings.SplitSeq(line, ";") {
			pair = strings.TrimSpace(pair)
			name, _, _ := strings.Cut(pair, "=")
			if pair != "" && (len(names) == 0 || slices.Contains(names, strings.TrimSpace(name))) {
				kept = append(kept, pair)
			}
		}
	}
	return strings.Join(kept, "; ")
}
