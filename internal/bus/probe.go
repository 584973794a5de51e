package bus

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"strings"
	"time"
)

// probe asks on a connection of its own whether a Redis answers. The client
// library panics, on a goroutine of its own, where a server says more than it
// was asked, as other services do that are found at a wrong address.
func (t target) probe(life context.Context) error {
	conn, err := dial(life, t.addr, &net.Dialer{Timeout: dialTimeout}, t.tls)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(answerTimeout)); err != nil {
		return err
	}
	if _, err := conn.Write([]byte("*1\r\n$4\r\nPING\r\n")); err != nil {
		return err
	}
	const longest = 256 // bytes of a line; a longer one is cut
	line, err := bufio.NewReaderSize(conn, longest).ReadSlice('\n')
	if len(line) == 0 {
		return fmt.Errorf("ask for a PONG: %w", err)
	}
	text := strings.TrimSpace(string(line))
	if text != "+PONG" && !strings.HasPrefix(text, "-NOAUTH") {
		return fmt.Errorf("what answers is not a Redis that is ready: %q", text)
	}
	return nil
}
