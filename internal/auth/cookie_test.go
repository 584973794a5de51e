package auth_test

import (
	"errors"
	"strings"
	"testing"

	"peyk/internal/auth"
)

func TestCookie(t *testing.T) {
	door, err := auth.NewDoor([]string{"https://shop.example"})
	if err != nil {
		t.Fatal(err)
	}
	desk := openDesk(t, func(o *auth.Options) { o.Cookie, o.Door = "shop_session", door })
	without := openDesk(t, nil)
	good := "Cookie: shop_session=" + ours().hs(but(nil)) + "\n"
	bad := "Cookie: shop_session=x\n"
	bearer := "Authorization: Bearer " + ours().hs(but(nil)) + "\n"
	upgrade := "Connection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\n"
	same := "Sec-Fetch-Site: same-origin\n"
	tests := []struct {
		name, method, host, header string
		want                       error
	}{
		{"listed page", "GET", "localhost:8082", good + "Origin: https://shop.example", nil},
		{"listed page posts", "POST", "localhost:8082", good + "Origin: https://shop.example", nil},
		{"listed page opens a WebSocket", "GET", "localhost:8082", good + upgrade + "Origin: https://shop.example", nil},
		{"own page posts", "POST", "localhost:8082", good + "Origin: http://localhost:8082", nil},
		{"own page opens a WebSocket", "GET", "localhost:8082", good + upgrade + "Origin: http://localhost:8082", nil},
		{"own page reads", "GET", "localhost:8082", good + same, nil},
		{"own page asks for the head", "HEAD", "localhost:8082", good + same, nil},
		{"quoted", "GET", "localhost:8082", same + "Cookie: a=b; shop_session=\"" + ours().hs(but(nil)) + "\"", nil},

		{"no page", "GET", "localhost:8082", good, auth.ErrNone},
		{"a link from elsewhere", "GET", "localhost:8082", good + "Sec-Fetch-Site: cross-site", auth.ErrNone},
		{"a subdomain's page", "GET", "localhost:8082", good + "Sec-Fetch-Site: same-site", auth.ErrNone},
		{"typed by the user", "GET", "localhost:8082", good + "Sec-Fetch-Site: none", auth.ErrNone},
		{"Sec-Fetch-Site twice", "GET", "localhost:8082", good + same + same, auth.ErrNone},
		{"Sec-Fetch-Site in capitals", "GET", "localhost:8082", good + "Sec-Fetch-Site: Same-Origin", auth.ErrNone},
		{"a post without Origin", "POST", "localhost:8082", good + same, auth.ErrNone},
		{"a delete without Origin", "DELETE", "localhost:8082", good + same, auth.ErrNone},
		{"a WebSocket without Origin", "GET", "localhost:8082", good + upgrade + same, auth.ErrNone},
		{"a WebSocket from nowhere", "GET", "localhost:8082", good + upgrade, auth.ErrNone},
		{"a strange page", "GET", "localhost:8082", good + "Origin: https://evil.example", auth.ErrNone},
		{"a strange page opens a WebSocket", "GET", "localhost:8082", good + upgrade + "Origin: https://evil.example", auth.ErrNone},
		{"a strange page says it is ours", "GET", "localhost:8082", good + same + "Origin: https://evil.example", auth.ErrNone},
		{"a subdomain", "POST", "localhost:8082", good + "Origin: https://a.shop.example", auth.ErrNone},
		{"a downgrade", "POST", "localhost:8082", good + "Origin: http://shop.example", auth.ErrNone},
		{"null", "POST", "localhost:8082", good + "Origin: null", auth.ErrNone},
		{"empty Origin", "GET", "localhost:8082", good + same + "Origin:", auth.ErrNone},
		{"two Origins", "POST", "localhost:8082", good + "Origin: https://shop.example\nOrigin: https://shop.example", auth.ErrNone},
		{"a rebound name", "GET", "evil.example", good + same, auth.ErrNone},
		{"a rebound name with its Origin", "POST", "evil.example", good + "Origin: http://evil.example", auth.ErrNone},
		{"another cookie", "GET", "localhost:8082", "Cookie: Shop_session=" + ours().hs(but(nil)) + "\n" + same, auth.ErrNone},

		{"bad cookie", "GET", "localhost:8082", bad + same, auth.ErrWrong},
		{"empty cookie", "GET", "localhost:8082", same + "Cookie: shop_session=", auth.ErrWrong},
		{"two cookies", "GET", "localhost:8082", same + good + good, auth.ErrWrong},
		{"good bearer, bad cookie", "GET", "localhost:8082", bearer + bad + same, nil},
		{"bad bearer, good cookie", "GET", "localhost:8082", "Authorization: Bearer x\n" + good + same, auth.ErrWrong},
		{"two bearers, good cookie", "GET", "localhost:8082", bearer + bearer + good + same, auth.ErrWrong},
		{"a bearer needs no page", "GET", "localhost:8082", bearer + upgrade, nil},
		{"Basic beside a good cookie", "GET", "localhost:8082", "Authorization: Basic dTpw\n" + good + same, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := request(t, test.host, test.header)
			r.Method = test.method
			if who, err := desk.Identity(r); !errors.Is(err, test.want) || (who.Subject == "sara") != (test.want == nil) {
				t.Errorf("Identity = %+v, %v, want %v", who, err, test.want)
			}
			if !strings.Contains(test.header, "earer") {
				if _, err := without.Identity(r); !errors.Is(err, auth.ErrNone) {
					t.Errorf("Identity where no cookie counts = %v, want ErrNone", err)
				}
			}
		})
	}
}
