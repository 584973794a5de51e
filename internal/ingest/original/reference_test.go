package original

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"peyk/internal/ingest"
)

// TestReference asks the framework from which Peyk takes over.
func TestReference(t *testing.T) {
	drf := startReference(t)
	cases := referenceCases()
	t.Logf("%d bodies", len(cases))
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			want := drf.ask(t, c.contentType, c.body)
			got := answerTo(t, c.contentType, c.body)
			if got.Status != want.Status || repeatable(got.Body) != repeatable(want.Body) {
				t.Errorf("%q as %q:\n got %d %s\nwant %d %s", brief(c.body), c.contentType, got.Status, got.Body, want.Status, want.Body)
			}
		})
	}
}

type referenceCase struct{ name, contentType, body string }

const (
	asJSON = "application/json"
	asForm = "application/x-www-form-urlencoded"
)

// numerals are what may stand in a JSON string, or a form, as a coordinate.
var numerals = []string{
	"35.7", "35", "-35.7", "+35.7", "0", "-0", "00", "0035.7", "35.", ".5", "-.5", "5.", ".", "", " ", "-", "+", "--1", "+-1",
	"1e1", "1E1", "1e+1", "1e-1", "1e-6", "1e-7", "10e-7", "1e", "1e+", "e1", "1e1.5", "1e2", "9e1", "91e0", "0.9e2", "0e5", "0e2", "0e3", "0e-6", "0e-7",
	"0.000000", "0.0000000", "35.000000", "35.0000000", "35.1234567", "90", "-90", "90.000000", "90.000001", "-90.000001", "90.1", "91", "180", "-180",
	"180.000001", "-180.000001", "181", "999", "999.999999", "1000", "1234", "12345678", "123456789", "1234567890", "1234567.8", "1234.56789", "0.123456", "0.1234567",
	"123.1234567", "000000000000035.7", "35.70000000", "1e400", "1e-400", "1e999999999999999999", "1e1000000000000000000", "1e-1999999999999999997", "1e-1999999999999999998",
	"0e999999999999999999", "0e1000000000000000000", "0e-1999999999999999997", "0e-1999999999999999998", "1e99999999999999999999999", "1e-99999999999999999999999",
	"99e999999999999999998", "0.1e1000000000000000000", "10e-1999999999999999998",
	"NaN", "nan", "sNaN", "NaN12", "-NaN", "Infinity", "-Infinity", "inf", "Inf", "+inf",
	"۳۵٫۷", "۳۵.۷", "٣٥.٧", "३५.७", "３５.７", "𝟛𝟝.𝟟", "۳5.٧", "۱e۱", "۱E-۱", "²", "½", "五", "３５．７", "−35",
	" 35.7 ", "\t35.7\n", "\u00a035.7", "\u200735.7\u3000", "\x1c35.7\x1f", "\x8535.7", "\u008535.7", "\u200b35.7", "\ufeff35.7", "35 .7", "3 5",
	"3_5.7", "_35.7_", "3__5", "35._7", "1_e_1", "_", " _35 ", "_ 35", "- 35", "35,7", "1,000", "35.7.1", "0x23", "35f", "35d", "35\x00", "\x00",
	"true", "None", "null", strings.Repeat("0", 1000), strings.Repeat("0", 1001), strings.Repeat("۰", 999) + "5", strings.Repeat("۰", 1001),
	strings.Repeat(" ", 2000) + "5", "0." + strings.Repeat("0", 998), strings.Repeat("1", 1000), strings.Repeat("_", 999) + "5", strings.Repeat("_", 1000) + "5",
	strings.Repeat("9", 5000), strings.Repeat("x", 5000),
}

// tokens are what may stand in JSON as a coordinate.
var tokens = []string{
	"35.7", "35", "-35", "0", "-0", "-0.0", "0.0", "1e1", "1E+1", "1e-5", "1e-6", "1e-7", "0.00001", "0.0001", "1e-4", "1.5e-6", "9e1", "9e2", "1e2", "1.0e3", "1e15", "1e16", "1e22",
	"35.000000000", "35.7000000000000001", "35.70000000000000284", "35.1234564999999999999", "35.1234567", "35.12345678901234", "90.0", "90.000000001", "90.0000000000000001", "90.000001",
	"-90.000001", "91", "-91.0", "180", "180.000001", "-180.0", "181", "999.0", "1000", "1000.0", "12345678.0", "123456789.0", "1234567890", "123456.7", "100.123456", "100.1234567",
	"1e400", "-1e400", "1e-400", "4.9e-324", "1.7976931348623157e308", "123456789012345678901234567890", "1" + strings.Repeat("0", 999), "1" + strings.Repeat("0", 1000),
	"-1" + strings.Repeat("0", 998), "-1" + strings.Repeat("0", 999), strings.Repeat("9", 4300), strings.Repeat("9", 4301), "-" + strings.Repeat("9", 4300), strings.Repeat("9", 20000),
	"0." + strings.Repeat("3", 20000), "null", "true", "false", "[]", "[35.7]", "{}", `{"a": 1}`, `["35.7"]`, "[[]]", `"35\u002e7"`, `"\u06f3\u06f5"`, `"\ud835\udfdb"`, `"\ud835"`, `"\/"`,
	`"35.7`, "035.7", "+35.7", ".5", "5.", "35.7.1", "1e", "NaN", "Infinity", "-Infinity", "nan", "0x10", "True", "None", "'35.7'", "", "35,7", "--1", "1_0", "\"\x01\"", "\"\t5\"", `"\x35"`, `"\u00"`,
}

// bodies are whole bodies of JSON.
var bodies = []string{
	"", "{}", "[]", "[1, 2]", `"x"`, "1", "-1", "1.5", "1e400", "true", "false", "null", " \n{}\t ", "{", "}", "{]", `{"latitude"}`, `{"latitude":}`, `{"latitude":1,}`, `{,}`, "x", "\ufeff{}", "\xff",
	`{"latitude": "` + "\xff" + `", "longitude": 1}`, "{\"latitude\": 1, \"longitude\": 2, \"x\": \"\xc3\"}", `{"latitude":1,"longitude":2}x`, `{"latitude":1,"longitude":2}{}`,
	`{"latitude": 1}`, `{"longitude": 1}`, `{"Latitude": 1, "LONGITUDE": 2}`, `{"latitude": 1, "Latitude": "x", "longitude": 2}`, `{"latitude": "x", "longitude": 2, "latitude": 1}`,
	`{"latitude": 1, "longitude": 2, "latitude": null}`, `{"lat\u0069tude": 1, "longitude": 2}`, `{"": 1, "latitude": 1, "longitude": 2}`, `{"latitude": 95, "longitude": "x"}`,
	`{"longitude": 200, "latitude": null}`, `{"x": {"latitude": 5, "y": ["}", "\"", {"z": "\\"}]}, "latitude": 1, "longitude": 2}`, `{"x":[],"latitude":1,"longitude":2}`, `{"x": NaN, "latitude": 1, "longitude": 2}`,
	"{\r\n\t\"latitude\" : 1 ,\r\n\t\"longitude\" : 2\r\n}", "{\"latitude\":1,\v\"longitude\":2}", "{\"latitude\":1,\u00a0\"longitude\":2}", `{latitude: 1}`, `{'latitude': 1}`, `{1: 2}`,
	"latitude=1&longitude=2", `{"latitude": 1 "longitude": 2}`, `{"latitude": 1; "longitude": 2}`, `/* */{}`,
}

// forms are whole bodies of application/x-www-form-urlencoded.
var forms = []string{
	"latitude=1&longitude=2", "latitude=1", "", "&", "=", "latitude", "latitude&longitude", "latitude=&longitude=", "latitude=1&latitude=2&longitude=3", "latitude=1&latitude=&longitude=3",
	"latitude=+1+&longitude=%2B2", "latitude=-1.5&longitude=%2d2", "latitude=%DB%B3%DB%B5&longitude=2", "latitude=\u06f3\u06f5&longitude=2", "latitude=%zz&longitude=2", "latitude=%&longitude=%3",
	"latitude=%FF&longitude=2", "latitude=1;longitude=2", "latitude=1&longitude=2&", "&&latitude=1&&longitude=2", "Latitude=1&longitude=2", "lat%69tude=1&longitude=2", "latitude=1=2&longitude=2", "latitude=null&longitude=true",
	"latitude=%00&longitude=2", "latitude=91&longitude=-181", `{"latitude": 1, "longitude": 2}`, "latitude=1%0A&longitude=%09 2", "latitude=%C2%A01&longitude=2", "latitude=%e2%80%871&longitude=2",
}

func referenceCases() []referenceCase {
	var cases []referenceCase
	add := func(contentType, body string) {
		name := fmt.Sprintf("%03d %s", len(cases), brief(body))
		cases = append(cases, referenceCase{name, contentType, body})
	}
	for _, s := range append(randomNumerals(300), numerals...) {
		quoted, _ := json.Marshal(s)
		add(asJSON, fmt.Sprintf(`{"latitude": %s, "longitude": 53.1}`, quoted))
		add(asJSON, fmt.Sprintf(`{"latitude": 35.7, "longitude": %s}`, quoted))
	}
	for _, s := range append(randomTokens(300), tokens...) {
		add(asJSON, fmt.Sprintf(`{"latitude":%s,"longitude":53.1}`, s))
		add(asJSON, fmt.Sprintf(`{"latitude": 35.7, "longitude": %s}`, s))
	}
	for _, body := range bodies {
		add(asJSON, body)
	}
	for _, body := range forms {
		add(asForm, body)
	}
	addTypes(add)
	return cases
}

func addTypes(add func(contentType, body string)) {
	for _, contentType := range []string{
		"application/json; charset=utf-8", "application/json;charset=UTF-8", "Application/JSON", " application/json ", "application/json;", "application/*", "*/*", "*/json", "*", "/", "",
		"text/plain", "text/json", "application/jsonx", "application/xml; charset=utf-8", "application", "application/json, text/plain", `x"y`, "application/vnd.api+json",
	} {
		add(contentType, `{"latitude": 1, "longitude": 2}`)
		add(contentType, "")
	}
	add(asForm+"; charset=utf-8", "latitude=1&longitude=2")
	const multipart = "multipart/form-data; boundary=b"
	part := func(name, content string) string {
		return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n"
	}
	for _, body := range []string{
		part("latitude", "1") + part("longitude", "2") + "--b--\r\n",
		part("latitude", "1") + part("latitude", "۲") + part("longitude", " 2 ") + part("x", "y") + "--b--",
		part("latitude", "") + "--b--\r\n", part("latitude", "\xff") + part("longitude", "999") + "--b--\r\n", "--b--\r\n", "",
	} {
		add(multipart, body)
	}
	add("multipart/form-data", part("latitude", "1")+"--b--\r\n")
}

// randomNumerals are texts close to numbers, the same ones in every run.
func randomNumerals(n int) []string {
	alphabet := []rune("0123456789012345678900.-+eE_ ۳٧")
	random := rand.New(rand.NewPCG(1, 2))
	out := make([]string, n)
	for i := range out {
		for range 1 + random.IntN(11) {
			out[i] += string(alphabet[random.IntN(len(alphabet))])
		}
	}
	return out
}

// randomTokens are JSON numbers of all sizes and lengths, the same ones in
// every run.
func randomTokens(n int) []string {
	random := rand.New(rand.NewPCG(3, 4))
	out := make([]string, n)
	for i := range out {
		whole := random.Int64N(1 << random.IntN(40))
		out[i] = strconv.FormatInt(whole, 10) + "." + strconv.FormatInt(random.Int64N(1<<(1+random.IntN(50))), 10)
		if random.IntN(3) == 0 {
			out[i] += "e" + strconv.Itoa(random.IntN(20)-12)
		}
		if random.IntN(2) == 0 {
			out[i] = "-" + out[i]
		}
	}
	return out
}

type answer struct {
	Status int    `json:"status"`
	Body   string `json:"body"`
}

// answerTo is what the api answers: an error marshals to its body, a position
// is written here as the framework's serializer would.
func answerTo(t *testing.T, contentType, body string) answer {
	post, err := Parse(contentType, []byte(body))
	if err == nil {
		p := post.Position
		return answer{http.StatusOK, fmt.Sprintf(`{"latitude":"%.6f","longitude":"%.6f"}`, p.Lat, p.Lon)}
	}
	status := http.StatusBadRequest
	if detail, ok := errors.AsType[ingest.Detail](err); ok {
		status = detail.Status
	}
	text, failed := json.Marshal(err)
	if failed != nil {
		t.Fatalf("Marshal(%#v): %v", err, failed)
	}
	return answer{status, string(text)}
}

// repeatable drops from an answer what is not ours to repeat: where exactly
// Python's parsers gave up, and the sign of zero.
func repeatable(body string) string {
	for _, kind := range []string{"JSON", "Multipart form"} {
		if prefix := `{"detail":"` + kind + ` parse error - `; strings.HasPrefix(body, prefix) {
			return prefix
		}
	}
	return strings.ReplaceAll(body, `"-0.000000"`, `"0.000000"`)
}

func brief(body string) string {
	return body[:min(len(body), 80)]
}

type reference struct {
	in  io.Writer
	out *bufio.Reader
}

// startReference starts the framework, and says how to get it where it is
// missing.
func startReference(t *testing.T) *reference {
	const hint = "this test asks the real Django REST framework 3.14: apt-get install python3-djangorestframework"
	cmd := exec.Command("/usr/bin/python3", "testdata/drf_reference.py")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatalf("%s (%v)", hint, err)
	}
	drf := &reference{in, bufio.NewReader(out)}
	var hello struct{ Version string }
	line, err := drf.out.ReadBytes('\n')
	if err != nil || json.Unmarshal(line, &hello) != nil || !strings.HasPrefix(hello.Version, "3.14.") {
		in.Close()
		_ = cmd.Wait() // stderr says why
		t.Fatalf("%s (found version %q; %s)", hint, hello.Version, stderr.String())
	}
	t.Cleanup(func() {
		in.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("the reference ended with %v: %s", err, stderr.String())
		}
	})
	return drf
}

func (r *reference) ask(t *testing.T, contentType, body string) answer {
	question, err := json.Marshal(map[string]string{
		"content_type": contentType, "body": base64.StdEncoding.EncodeToString([]byte(body)),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.in.Write(append(question, '\n')); err != nil {
		t.Fatal(err)
	}
	line, err := r.out.ReadBytes('\n')
	if err != nil {
		t.Fatalf("the reference does not answer: %v", err)
	}
	var a answer
	if err := json.Unmarshal(line, &a); err != nil {
		t.Fatalf("the reference answered %q: %v", line, err)
	}
	return a
}
