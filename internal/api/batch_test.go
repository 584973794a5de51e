package api_test

import (
	"bufio"
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"peyk"
	"peyk/internal/api"
	"peyk/internal/auth"
	"peyk/internal/live"
)

func (h *house) batch(t *testing.T, contentType, body string) answer {
	t.Helper()
	return h.asAdmin(t, "POST", "/api/v1/positions", body, "Content-Type", contentType)
}

// fix is a position of a courier at 11 o'clock and so many minutes.
func fix(id, minutes int) string {
	return fmt.Sprintf(`{"latitude":35.7,"longitude":51.4,"time":"2025-11-22T11:%02d:00Z","user":{"id":%d}}`, minutes, id)
}

func TestPositions(t *testing.T) {
	const end = `],"update_interval":"1/m"}`
	sent := []string{fix(1, 5), fix(2, 5), fix(1, 5), fix(1, 4), fix(1, 6), fix(3, 5), `{"latitude":91,"longitude":"x","user":{"id":1}}`, `{"latitude":1,"longitude":2}`, "7", fix(2, 6)}
	const want = `{"results":[{"status":"accepted"},{"status":"accepted"},{"status":"repeat"},{"status":"backlog"},{"status":"accepted"},{"status":"full"},` +
		`{"status":"refused","errors":{"latitude":["Ensure this value is less than or equal to 90."],"longitude":["A valid number is required."]}},` +
		`{"status":"refused","errors":{"user":["This field is required."]}},` +
		`{"status":"refused","errors":{"non_field_errors":["Invalid data. Expected a dictionary, but got int."]}},{"status":"accepted"}` + end
	for contentType, body := range map[string]string{
		"application/json": "[" + strings.Join(sent, ", ") + "]", "application/x-ndjson; charset=utf-8": strings.Join(sent, "\n"),
	} {
		t.Run(contentType, func(t *testing.T) {
			h := open(t, nil)
			for id := range room - 2 { // so that there is room for two more
				h.post(t, fix(100+id, 0)).want(t, 200, accepted)
			}
			h.batch(t, contentType, body).want(t, 200, want)
			var published []string
			for _, r := range h.reports()[room-2:] {
				published = append(published, fmt.Sprint(r.Courier.ID, " ", r.Position.Time.Time().Minute(), " ", r.Position.Interval))
			}
			if got, want := strings.Join(published, ", "), "1 5 1m0s, 2 5 1m0s, 1 6 1m0s, 2 6 1m0s"; got != want {
				t.Errorf("published %s, want %s", got, want)
			}
			for outcome, want := range map[string]string{"accepted": "10", "repeat": "1", "backlog": "1", "refused": "3", "full": "1", "forbidden": "0"} {
				h.wantMetric(t, `peyk_posts_total{outcome="`+outcome+`"}`, want)
			}
			h.batch(t, contentType, map[bool]string{true: "[]"}[contentType == "application/json"]).want(t, 200, `{"results":[`+end)
		})
	}
}

func TestPositionsOfOthers(t *testing.T) {
	h := open(t, nil)
	outlet := h.as(t, peyk.Claims{Role: peyk.RoleService, Couriers: []string{"2"}})
	h.ask(t, "POST", "/api/v1/positions", "["+fix(1, 1)+","+fix(2, 1)+"]", outlet...).
		want(t, 200, `{"results":[{"status":"forbidden"},{"status":"accepted"}],"update_interval":"1/m"}`)
	h.wantMetric(t, `peyk_posts_total{outcome="forbidden"}`, "1")
	viewer := h.as(t, peyk.Claims{Role: peyk.RoleViewer, All: true})
	h.ask(t, "POST", "/api/v1/positions", "["+fix(2, 2)+"]", viewer...).want(t, 403, `{"detail":"You do not have permission to perform this action."}`)
}

// TestPositionsThatEndEarly are answered with what became of those before.
func TestPositionsThatEndEarly(t *testing.T) {
	h := open(t, nil)
	const taken = `"results":[{"status":"accepted"}]}`
	one := "[" + fix(1, 1)
	for _, c := range []struct {
		name, contentType, body string
		status                  int
		want                    string
	}{
		{"no array", "application/json", fix(1, 1), 400, `{"detail":"JSON parse error - unexpected character '{' where an array was wanted","results":[]}`},
		{"cut off", "application/json", one + `,{"lat`, 400, `{"detail":"JSON parse error - unexpected end of JSON input after 1 elements",` + taken},
		{"no JSON", "application/json", one + `,{lat}]`, 400, `{"detail":"JSON parse error - invalid character 'l' looking for beginning of object key string (byte 2) of element 1",` + taken},
		{"an endless element", "application/json", one + `,"` + strings.Repeat("x", 100_000), 413, `{"detail":"Element 1 has more than 65536 bytes.",` + taken},
		{"a form", "application/x-www-form-urlencoded", "latitude=1", 415, `{"detail":"Unsupported media type \"application/x-www-form-urlencoded\" in request."}`},
		{"too many", "application/x-ndjson", strings.Repeat("7\n", api.MaxBatch+1), 413, `{"detail":"The batch has more than 10000 positions.","results":[{"status":"refused"`},
		{"too long", "application/json", one + strings.Repeat(" ", api.MaxBatchBody), 413, `{"detail":"The body has more than 4194304 bytes."}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := open(t, nil)
			got := h.batch(t, c.contentType, c.body)
			if got.want(t, c.status, got.body); !strings.HasPrefix(got.body, c.want) {
				t.Errorf("body = %.300s, want %s", got.body, c.want)
			}
		})
	}
	in := bufio.NewReader(h.raw(t, "POST /api/v1/positions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "+h.token+
		"\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"+fmt.Sprintf("%x\r\n%s", 10<<20, one+strings.Repeat(" ", api.MaxBatchBody))))
	response, err := http.ReadResponse(in, nil)
	if err != nil {
		t.Fatal(err)
	}
	read(t, response).want(t, 413, `{"detail":"The body has more than 4194304 bytes.",`+taken)
	h.batch(t, "application/x-ndjson", strings.Repeat(fix(1, 1)+"\n", api.MaxBatch)).want(t, 200,
		`{"results":[{"status":"repeat"}`+strings.Repeat(`,{"status":"repeat"}`, api.MaxBatch-1)+`],"update_interval":"1/m"}`)
}

// TestPositionsAreTakenAsTheyArrive, in bounded memory.
func TestPositionsAreTakenAsTheyArrive(t *testing.T) {
	h := open(t, nil)
	c := h.raw(t, "POST /api/v1/positions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "+h.token+
		"\r\nContent-Type: application/x-ndjson\r\nContent-Length: 100000\r\n\r\n"+fix(1, 1)+"\n")
	eventually(t, "the first position is taken, before the last", func() bool { return len(h.reports()) > 0 })
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
}

// BenchmarkPositions posts batches of 1,000 positions of 10,000 couriers to the
// whole handler, and reports how many it takes in a second of this process's CPU
// (aim: 500,000).
func BenchmarkPositions(b *testing.B) {
	const couriers, size = 10_000, 1000
	for name, more := range map[string]string{"fields=3": "", "fields=9": `"time": %d.5, "accuracy": 4.5, "altitude": 1200.1, "speed": 8.25, "heading": 270, "battery": 0.5, `} {
		for contentType, marks := range map[string]string{"application/json": "[,]", "application/x-ndjson": "\n\n\n"} {
			b.Run(fmt.Sprintf("%s/%s/batch=%d", contentType[len("application/"):], name, size), func(b *testing.B) {
				var bodies [2 * couriers / size][]byte
				for i := range 2 * couriers { // all in one place, then all in another: a position is never a repeat
					at := more
					if more != "" {
						at = fmt.Sprintf(more, 1763800000+i%couriers)
					}
					bodies[i/size] = fmt.Appendf(bodies[i/size], `%c{"latitude": %.6f, "longitude": 51.412345, %s"user": {"id": %d, "username": "test_driver%d"}}`,
						marks[min(i%size, 1)], 35+float64(i)/1e6, at, i%couriers, i%couriers)
				}
				for i := range bodies {
					bodies[i] = append(bodies[i], marks[2])
				}
				benchmarkPositions(b, contentType, bodies[:], size)
			})
		}
	}
}

func benchmarkPositions(b *testing.B, contentType string, bodies [][]byte, size int) {
	var published int
	o := new(house).furnish(b, slog.New(slog.DiscardHandler))
	o.World = live.NewWorld(live.Options{Tick: time.Second, MaxCouriers: 1_000_000, Forget: time.Hour})
	o.Who, o.Publish = auth.Everybody{}, func(peyk.Report) { published++ }
	server := api.NewServer(o)
	mux := http.NewServeMux()
	server.Register(mux)
	handler := server.Guard(mux)
	post := func(i int) {
		r := httptest.NewRequest("POST", "http://localhost/api/v1/positions", bytes.NewReader(bodies[i%len(bodies)]))
		r.Header.Set("Content-Type", contentType)
		w := httptest.NewRecorder()
		if handler.ServeHTTP(w, r); w.Code != 200 {
			b.Fatalf("%d %.200s", w.Code, w.Body)
		}
	}
	for i := range bodies { // first, so that all couriers are known
		post(i)
	}
	if published != len(bodies)*size {
		b.Fatalf("%d were published", published)
	}
	runtime.GC()
	i := 0
	cpu := cpuTime(b)
	for b.Loop() {
		post(i)
		i++
	}
	cpu = cpuTime(b) - cpu
	if published != (len(bodies)+i)*size {
		b.Fatalf("%d were published, want %d", published, (len(bodies)+i)*size)
	}
	b.ReportMetric(float64(cpu.Nanoseconds())/float64(i*size), "cpu-ns/position")
	b.ReportMetric(float64(i*size)/cpu.Seconds(), "positions/cpu-s")
}

// cpuTime is what this process has used.
func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
