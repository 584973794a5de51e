package auth_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"runtime"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"peyk"
	"peyk/internal/auth"
)

const goodHS = `{"alg":"HS256"}`

// badTokens are all refused. Where one is signed with a key of ours, what its
// name says is the only thing wrong with it.
func badTokens() map[string]string {
	all := make(map[string]string)
	for _, some := range []map[string]string{badForms(), badSignatures(), badHeaders(), badTimes(), badClaims(), badRights()} {
		for name, token := range some {
			all[name] = token
		}
	}
	return all
}

func badForms() map[string]string {
	good := ours().hs(but(nil))
	parts := strings.Split(good, ".")
	header, payload, mark := parts[0], parts[1], parts[2]
	padded := ours().hs(but(map[string]any{"name": "aa"}))
	return map[string]string{
		"empty":                     "",
		"one part":                  header,
		"two parts":                 header + "." + payload,
		"four parts":                good + ".x",
		"a dot more":                good + ".",
		"JWE, five parts":           base64url(`{"alg":"dir","enc":"A256GCM"}`) + "..aaaa.bbbb.cccc",
		"empty parts":               "..",
		"empty header":              "." + payload + "." + mark,
		"empty payload":             header + ".." + mark,
		"empty signature":           header + "." + payload + ".",
		"1 MB":                      good + long(1<<20),
		"1 MB header":               long(1<<20) + "." + payload + "." + mark,
		"a million dots":            strings.Repeat(".", 1_000_000),
		"4 KiB of dots":             strings.Repeat(".", 4<<10),
		"signed, but over 4 KiB":    ours().hs(but(map[string]any{"x": long(4 << 10)})),
		"bad base64 header":         "!" + good,
		"bad base64 payload":        header + "." + payload[:len(payload)-1] + "$." + mark,
		"bad base64 signature":      good[:len(good)-1] + "=",
		"standard base64":           header + "." + payload + "." + strings.NewReplacer("-", "+", "_", "/").Replace(mark) + "+/",
		"padding":                   padded + "=",
		"bits left over":            good[:len(good)-1] + flip(good[len(good)-1]),
		"line end inside":           header + "." + payload[:9] + "\n" + payload[9:] + "." + mark,
		"line end after":            good + "\r\n",
		"space before":              " " + good,
		"trailing garbage":          good + "garbage",
		"unicode":                   header + "." + payload + "ـ." + mark,
		"zero byte":                 header + "." + payload + "." + mark + "\x00",
		"header is a list":          ours().sign("HS256", `["HS256"]`, but(nil)),
		"header is no JSON":         ours().sign("HS256", `alg=HS256`, but(nil)),
		"header and garbage":        ours().sign("HS256", goodHS+`{}`, but(nil)),
		"header cut":                ours().sign("HS256", `{"alg":"HS256"`, but(nil)),
		"signed, but bad base64":    signedText(base64url(goodHS) + ".e$"),
		"signed, but padded":        signedText(base64url(goodHS) + "." + base64url(but(nil)) + "="),
		"payload is a nested token": ours().hs(good),
		"payload is a list":         ours().hs("[" + but(nil) + "]"),
		"payload is null":           ours().hs("null"),
		"payload is empty":          ours().hs(""),
		"payload and garbage":       ours().hs(but(nil) + "x"),
		"payload twice":             ours().hs(but(nil) + but(nil)),
		"payload cut":               ours().hs(strings.TrimSuffix(but(nil), "}")),
		"payload is no UTF-8":       ours().hs(strings.Replace(but(nil), "sara", "sa\xffra", 1)),
		"payload nested deeply":     ours().hs(strings.Repeat("[", 2500)),
		"claim nested deeply":       ours().hs(`{"x":` + strings.Repeat("[", 1200) + strings.Repeat("]", 1200) + `}`),
	}
}

func signedText(text string) string {
	return text + "." + base64url(string(hmac(text, ours().secret)))
}

// flip changes the two bits of the last letter that mean nothing.
func flip(letter byte) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	return string(alphabet[strings.IndexByte(alphabet, letter)^1])
}

func badSignatures() map[string]string {
	text := func(alg string) string { return base64url(`{"alg":"`+alg+`"}`) + "." + base64url(but(nil)) }
	with := func(alg string, signature []byte) string {
		return text(alg) + "." + base64.RawURLEncoding.EncodeToString(signature)
	}
	p384, err := jwt.SigningMethodES384.Sign(text("ES256"), p384())
	if err != nil {
		panic(err)
	}
	order := elliptic.P256().Params().N.FillBytes(make([]byte, 32))
	rs := ours().sign("RS256", `{"alg":"RS256"}`, but(nil))
	bad := map[string]string{
		"none":                   text("none") + ".",
		"None":                   text("None") + ".",
		"NONE, signed":           ours().sign("HS256", `{"alg":"NONE"}`, but(nil)),
		"HS256 unsigned":         text("HS256") + ".",
		"HS256 with public PEM":  with("HS256", hmac(text("HS256"), publicPEM(ours().rsa))),
		"HS256 with public key":  with("HS256", hmac(text("HS256"), ours().rsa.N.Bytes())),
		"HS256 with empty key":   with("HS256", hmac(text("HS256"), nil)),
		"HS256 with Ed25519 key": with("HS256", hmac(text("HS256"), ours().ed[32:])),
		"HS256 cut":              with("HS256", hmac(text("HS256"), ours().secret)[:16]),
		"ES256, zeros":           with("ES256", make([]byte, 64)),
		"ES256, r and s = n":     with("ES256", append(order, order...)),
		"ES256, DER":             with("ES256", der()),
		"ES256 by P-384":         with("ES256", p384),
		"ES384 by P-384":         with("ES384", p384),
		"RS256, zeros":           with("RS256", make([]byte, 256)),
		"RS256, one":             with("RS256", big.NewInt(1).FillBytes(make([]byte, 256))),
		"EdDSA, zeros":           with("EdDSA", make([]byte, 64)),
		"another payload":        strings.Replace(rs, base64url(but(nil)), base64url(but(map[string]any{"sub": "admin"})), 1),
	}
	for _, alg := range []string{"HS256", "RS256", "ES256", "EdDSA"} {
		bad[alg+" by a stranger"] = stranger().sign(alg, `{"alg":"`+alg+`"}`, but(nil))
		for _, said := range []string{"HS256", "RS256", "ES256", "EdDSA"} {
			if said != alg { // our own signature under another's name
				bad[alg+" said to be "+said] = ours().sign(alg, `{"alg":"`+said+`"}`, but(nil))
			}
		}
	}
	for _, alg := range []string{"HS384", "HS512", "RS384", "RS512", "PS256"} {
		bad[alg] = ours().sign(alg, `{"alg":"`+alg+`"}`, but(nil))
	}
	return bad
}

func hmac(text string, key []byte) []byte {
	signature, err := jwt.SigningMethodHS256.Sign(text, bytes.Clone(append([]byte{}, key...)))
	if err != nil {
		panic(err)
	}
	return signature
}

func der() []byte {
	signature, err := ecdsa.SignASN1(rand.Reader, ours().ec, make([]byte, 32))
	if err != nil {
		panic(err)
	}
	return signature
}

func badHeaders() map[string]string {
	sign := func(header string) string { return ours().sign("HS256", header, but(nil)) }
	forge := func(header string) string { return stranger().sign("RS256", header, but(nil)) }
	return map[string]string{
		"no alg":             sign(`{}`),
		"alg null":           sign(`{"alg":null}`),
		"alg a list":         sign(`{"alg":["HS256"]}`),
		"alg in small":       sign(`{"alg":"hs256"}`),
		"ALG":                sign(`{"ALG":"HS256"}`),
		"alg twice":          sign(`{"alg":"RS256","alg":"HS256"}`),
		"alg twice, escaped": sign(`{"alg":"RS256","\u0061lg":"HS256"}`),
		"crit":               sign(`{"alg":"HS256","crit":["exp"],"exp":1}`),
		"crit empty":         sign(`{"alg":"HS256","crit":[]}`),
		"b64 false":          sign(`{"alg":"HS256","b64":false,"crit":["b64"]}`),
		"b64 without crit":   sign(`{"alg":"HS256","b64":false}`),
		"zip":                sign(`{"alg":"HS256","zip":"DEF"}`),
		"enc":                sign(`{"alg":"HS256","enc":"A256GCM"}`),
		"kid is a number":    sign(`{"alg":"HS256","kid":1}`),
		"kid is an object":   sign(`{"alg":"HS256","kid":{}}`),
		"kid is a path":      forge(`{"alg":"RS256","kid":"../../../../dev/null"}`),
		"kid is a URL":       forge(`{"alg":"RS256","kid":"https://evil.example/key"}`),
		"kid is SQL":         forge(`{"alg":"RS256","kid":"x' UNION SELECT 'a"}`),
		"kid of dev/null":    base64url(`{"alg":"HS256","kid":"/dev/null"}`) + "." + base64url(but(nil)) + "." + base64url(string(hmac("", nil))),
		"jku":                forge(`{"alg":"RS256","kid":"a","jku":"https://evil.example/jwks.json"}`),
		"x5u":                forge(`{"alg":"RS256","kid":"a","x5u":"https://evil.example/cert.pem"}`),
		"x5u of a file":      forge(`{"alg":"RS256","x5u":"file:///etc/passwd"}`),
		"x5c":                forge(`{"alg":"RS256","x5c":["MIIB"]}`),
		"embedded jwk": forge(fmt.Sprintf(`{"alg":"RS256","jwk":{"kty":"RSA","n":%q,"e":"AQAB"}}`,
			base64.RawURLEncoding.EncodeToString(stranger().rsa.N.Bytes()))),
		"embedded secret": stranger().sign("HS256", fmt.Sprintf(`{"alg":"HS256","jwk":{"kty":"oct","k":%q}}`,
			base64url(string(stranger().secret))), but(nil)),
	}
}

func badTimes() map[string]string {
	exp := func(text string) string {
		return ours().hs(strings.Replace(but(map[string]any{"exp": 12345}), "12345", text, 1))
	}
	now := start.Unix()
	return map[string]string{
		"exp missing":             ours().hs(but(map[string]any{"exp": nil})),
		"exp null":                exp(`null`),
		"exp now":                 exp(fmt.Sprint(now)),
		"exp a second ago":        exp(fmt.Sprint(now - 1)),
		"exp zero":                exp(`0`),
		"exp negative":            exp(`-1`),
		"exp a string":            exp(fmt.Sprintf(`"%d"`, now+600)),
		"exp a float":             exp(fmt.Sprintf(`%d.5`, now+600)),
		"exp 1e18":                exp(`1e18`),
		"exp 10^18":               exp(`1000000000000000000`),
		"exp beyond 64 bits":      exp(`99999999999999999999`),
		"exp with 1,000 digits":   exp(strings.Repeat("9", 1000)),
		"exp 1e999":               exp(`1e999`),
		"exp in milliseconds":     exp(fmt.Sprint((now + 600) * 1000)),
		"exp true":                exp(`true`),
		"exp a list":              exp(fmt.Sprintf(`[%d]`, now+600)),
		"nbf in the future":       ours().hs(but(map[string]any{"nbf": now + 31})),
		"nbf a string":            ours().hs(but(map[string]any{"nbf": "0"})),
		"iat in the future":       ours().hs(but(map[string]any{"iat": now + 31})),
		"iat a float":             ours().hs(but(map[string]any{"iat": 1.5})),
		"exp of RS256 has passed": ours().sign("RS256", `{"alg":"RS256"}`, but(map[string]any{"exp": now - 1})),
	}
}

func badClaims() map[string]string {
	claim := func(name string, value any) string { return ours().hs(but(map[string]any{name: value})) }
	add := func(text string) string { return ours().hs(strings.TrimSuffix(but(nil), "}") + "," + text + "}") }
	return map[string]string{
		"sub missing":            claim("sub", nil),
		"sub empty":              claim("sub", ""),
		"sub a number":           claim("sub", 10),
		"sub too long":           claim("sub", long(129)),
		"sub with a line end":    claim("sub", "sa\nra"),
		"sub with a zero":        claim("sub", "sara\x00"),
		"sub of a key":           claim("sub", "key:abcdefgh"),
		"sub of a share":         claim("sub", "share:abcdefgh"),
		"SUB":                    ours().hs(strings.Replace(but(nil), `"sub"`, `"SUB"`, 1)),
		"sub twice":              add(`"sub":"admin"`),
		"sub twice, escaped":     add(`"s\u0075b":"admin"`),
		"exp twice":              add(`"exp":1900000000`),
		"an unread claim twice":  add(`"x":1,"x":1`),
		"name a number":          claim("name", 1),
		"name too long":          claim("name", long(513)),
		"name with a control":    claim("name", "\x1b[31m"),
		"iss missing":            claim("iss", nil),
		"iss wrong":              claim("iss", "https://shop.example/"),
		"iss a list":             claim("iss", []string{"https://shop.example"}),
		"aud missing":            claim("aud", nil),
		"aud wrong":              claim("aud", "peyk2"),
		"aud empty list":         claim("aud", []string{}),
		"aud other list":         claim("aud", []string{"shop", "PEYK"}),
		"aud an object":          claim("aud", map[string]any{"peyk": true}),
		"aud a list of a number": claim("aud", []any{"peyk", 1}),
	}
}

func badRights() map[string]string {
	rights := func(text string) string {
		return ours().hs(strings.Replace(but(map[string]any{"peyk": 12345}), "12345", text, 1))
	}
	courier := func(user any) string {
		return ours().hs(but(map[string]any{"user": user, "peyk": map[string]any{"role": "courier"}}))
	}
	return map[string]string{
		"peyk missing":              ours().hs(but(map[string]any{"peyk": nil})),
		"peyk a string":             rights(`"admin"`),
		"peyk a list":               rights(`[]`),
		"role missing":              rights(`{"all":true}`),
		"role empty":                rights(`{"role":"","all":true}`),
		"role unknown":              rights(`{"role":"root","all":true}`),
		"role in capitals":          rights(`{"role":"Admin","all":true}`),
		"role a list":               rights(`{"role":["admin"]}`),
		"role twice":                rights(`{"role":"viewer","role":"admin"}`),
		"Role beside role":          rights(`{"role":"viewer","Role":"admin"}`),
		"all a string":              rights(`{"role":"viewer","all":"true"}`),
		"all a number":              rights(`{"role":"viewer","all":1}`),
		"teams a string":            rights(`{"role":"viewer","teams":"north"}`),
		"teams an object":           rights(`{"role":"viewer","teams":{"0":"north"}}`),
		"teams with an empty name":  rights(`{"role":"viewer","teams":["north",""]}`),
		"teams with null":           rights(`{"role":"viewer","teams":[null]}`),
		"teams with a float":        rights(`{"role":"viewer","teams":[1.5]}`),
		"teams with a control":      rights(`{"role":"viewer","teams":["a\u0000"]}`),
		"1,001 teams":               rights(`{"role":"viewer","teams":[1` + strings.Repeat(",1", 1000) + `]}`),
		"1,001 of all kinds":        rights(`{"role":"viewer","teams":[1` + strings.Repeat(",1", 499) + `],"couriers":[1` + strings.Repeat(",1", 500) + `]}`),
		"couriers a number":         rights(`{"role":"viewer","couriers":10}`),
		"orders with a list":        rights(`{"role":"customer","orders":[["7"]]}`),
		"a right we do not know":    rights(`{"role":"viewer","teams":["north"],"area":"x"}`),
		"user empty":                courier(""),
		"user a float":              courier(1.5),
		"user a list":               courier([]int{10}),
		"user true":                 courier(true),
		"user too long":             courier(long(129)),
		"user without id":           courier(map[string]any{"username": "sara"}),
		"user with id a list":       courier(map[string]any{"id": []int{1}}),
		"user with a long username": courier(map[string]any{"id": 10, "username": long(513)}),
		"user with id twice": ours().hs(strings.Replace(
			but(map[string]any{"user": 12345, "peyk": map[string]any{"role": "courier"}}), "12345", `{"id":10,"id":11}`, 1)),
	}
}

func TestBadTokensAreRefused(t *testing.T) {
	desk := openDesk(t, nil)
	for name, token := range badTokens() {
		t.Run(name, func(t *testing.T) {
			who, err := desk.Token(t.Context(), token)
			if err == nil || !errors.Is(err, peyk.ErrUnauthorized) || errors.Is(err, auth.ErrNone) {
				t.Fatalf("Token = %+v, %v, want peyk.ErrUnauthorized", who, err)
			}
			if who.Actions != 0 || who.Subject != "" || who.Scopes != nil {
				t.Errorf("Token = %+v beside the error, want nobody", who)
			}
			if len(token) > 60 && strings.Contains(err.Error(), token[len(token)-43:]) {
				t.Errorf("error %q holds the signature", err)
			}
			if _, again := desk.Token(t.Context(), token); again == nil {
				t.Error("the second time it was let in")
			}
		})
	}
}

func TestTheGoodTokenOfTheMatrixIsGood(t *testing.T) {
	if n := len(badTokens()); n < 40 {
		t.Errorf("%d bad tokens, want at least 40", n)
	}
	if who, err := openDesk(t, nil).Token(t.Context(), ours().hs(but(nil))); err != nil || who.Subject != "sara" {
		t.Errorf("Token = %+v, %v: then the bad ones prove nothing", who, err)
	}
}

// A refusal costs little memory, whatever was sent.
func TestBadTokensAreBounded(t *testing.T) {
	desk := openDesk(t, nil)
	var before, after runtime.MemStats
	for name, token := range badTokens() {
		least := uint64(1 << 62) // other goroutines may allocate as well
		for range 3 {
			runtime.ReadMemStats(&before)
			_, err := desk.Token(t.Context(), token)
			runtime.ReadMemStats(&after)
			least = min(least, after.TotalAlloc-before.TotalAlloc)
			if err == nil {
				t.Errorf("%s: let in", name)
			}
		}
		if least > 64<<10 {
			t.Errorf("%s: %d bytes, want at most 64 KiB", name, least)
		}
	}
}

func BenchmarkBadTokens(b *testing.B) {
	for name, token := range badTokens() {
		b.Run(strings.ReplaceAll(name, " ", "_"), func(b *testing.B) {
			desk := openDesk(b, nil)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := desk.Token(b.Context(), token); err == nil {
					b.Fatal("let in")
				}
			}
		})
	}
}
