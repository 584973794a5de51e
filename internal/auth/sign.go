package auth

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"peyk"
	"peyk/internal/auth/signature"
)

// Draft is what a JWT is to say. What is empty is left out.
type Draft struct {
	Subject  string // the shop's id of whom it stands for
	Name     string
	User     peyk.Courier // for a courier whose id is not Subject: id and username
	Claims   peyk.Claims  // Self does not count; User and Subject do
	Issuer   string
	Audience string
	From     time.Time
	Until    time.Time
}

// Sign makes the JWT, as a shop does. The key is a secret (HS256), or a private
// key in PEM: RSA (RS256), P-256 (ES256) or Ed25519 (EdDSA).
func Sign(d Draft, key []byte) (string, error) {
	if d.Subject == "" || d.Until.IsZero() {
		return "", errors.New("want a subject and an end")
	}
	claims := d.Claims
	claims.Self = cmp.Or(d.User.ID, d.Subject)
	if _, err := claims.Grant(d.Until); err != nil {
		return "", err
	}
	token, err := signature.Sign(d.payload(), key)
	if err != nil {
		return "", fmt.Errorf("sign a token: %w", err)
	}
	if len(token) > maxToken {
		return "", fmt.Errorf("want a token of at most %d bytes, which is fewer teams, couriers or orders: %d", maxToken, len(token))
	}
	return token, nil
}

func (d Draft) payload() map[string]any {
	rights := map[string]any{"role": d.Claims.Role}
	if d.Claims.All {
		rights["all"] = true
	}
	for name, list := range map[string][]string{"teams": d.Claims.Teams, "couriers": d.Claims.Couriers, "orders": d.Claims.Orders} {
		if len(list) > 0 {
			rights[name] = list
		}
	}
	p := map[string]any{"peyk": rights}
	for name, text := range map[string]string{"sub": d.Subject, "name": d.Name, "iss": d.Issuer, "aud": d.Audience} {
		if text != "" {
			p[name] = text
		}
	}
	for name, at := range map[string]time.Time{"iat": d.From, "exp": d.Until} {
		if !at.IsZero() {
			p[name] = at.Unix()
		}
	}
	if d.User.ID != "" {
		p["user"] = map[string]string{"id": d.User.ID, "username": d.User.Username}
	}
	return p
}
