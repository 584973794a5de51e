package original

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"peyk"
	"peyk/internal/ingest"
)

// at is a body of JSON with good coordinates and more members.
func at(more string) string {
	return `{"latitude": 35.7, "longitude": "51.4", ` + more + `}`
}

var here = peyk.Position{Lat: 35.7, Lon: 51.4}

func TestOptionalFields(t *testing.T) {
	full := here
	full.Time = peyk.MicrosOf(time.Date(2026, 11, 22, 10, 0, 0, 500_000_000, time.UTC))
	full.Accuracy, full.Altitude = peyk.Measured(4.5), peyk.Measured(-12)
	full.Speed, full.Heading, full.Battery = peyk.Measured(8.25), peyk.Measured(360), peyk.Measured(0.5)
	driver := &peyk.Courier{ID: "10", Username: "test_driver1", Name: "Sara"}
	for _, c := range []struct {
		name, contentType, body string
		want                    Post
	}{
		{"all as numbers", asJSON, at(`"time": 1795341600.5, "accuracy": 4.5, "altitude": -12, "speed": 8.25, "heading": 360, "battery": 0.5,
			"user": {"id": 10, "username": "test_driver1", "name": "Sara"}`), Post{full, driver}},
		{"all as strings", asJSON, at(`"time": "1795341600.5", "accuracy": " 4.5 ", "altitude": "-12", "speed": "۸.۲۵", "heading": "3.6e2", "battery": "+.5",
			"user": {"id": " 10", "username": " test_driver1 ", "name": "S\u0061ra"}`), Post{full, driver}},
		{"as a form", asForm, "latitude=35.7&longitude=51.4&time=2026-11-22T10:00:00.5Z&accuracy=4.5&altitude=-12&speed=8.25&heading=360&battery=.5" +
			"&user.id=10&user.username=test_driver1&user.name=Sara", Post{full, driver}},
		{"null is not known", asJSON, at(`"time": null, "accuracy": null, "altitude": null, "speed": null, "heading": null, "battery": null, "user": null`), Post{Position: here}},
		{"empty is not known", asJSON, at(`"time": "", "accuracy": " ", "altitude": "", "speed": "", "heading": "\t", "battery": ""`), Post{Position: here}},
		{"empty in a form is not known", asForm, "latitude=35.7&longitude=51.4&time=&accuracy=&altitude=&speed=&heading=&battery=&user.id=&user.username=+&user.name=", Post{Position: here}},
		{"unknown fields", asJSON, at(`"x": {"accuracy": "bad"}, "Accuracy": "bad", "user.id": [], "team": 5`), Post{Position: here}},
		{"the later one counts", asJSON, at(`"speed": "bad", "speed": 1, "speed": null, "user": 5, "user": {"id": 1, "name": "x"}, "user": {"id": [], "id": 7}`),
			Post{here, &peyk.Courier{ID: "7"}}},
		{"minus zero", asJSON, `{"latitude": -0.0, "longitude": "-0", "speed": -0.0, "user": {"id": -0}}`,
			Post{peyk.Position{Speed: peyk.Measured(0)}, &peyk.Courier{ID: "0"}}},
		{"numbers as names", asJSON, at(`"user": {"id": "a b", "username": 5, "name": null}`), Post{here, &peyk.Courier{ID: "a b", Username: "5"}}},
		{"nesting is ignored", asJSON, at(`"x": ` + strings.Repeat("[", 900) + strings.Repeat("]", 900)), Post{Position: here}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Parse(c.contentType, []byte(c.body))
			if err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("Parse(%s) = %+v, %v, want %+v", c.body, got, err, c.want)
			}
		})
	}
}

func TestTime(t *testing.T) {
	const second = 1_000_000
	for _, c := range []struct {
		token string
		want  peyk.Micros // -1: wrongTime, -2: wrongFormat
	}{
		{`0`, 0}, {`"1970-01-01T00:00:00Z"`, 0}, {`1`, second}, {`"1"`, second}, {`1.5`, 1.5 * second}, {`"0.000001"`, 1}, {`"0.0000019"`, 1},
		{`1763823600`, 1763823600 * second}, {`1763823600.123456`, 1763823600123456}, {`"1763823600.123456789"`, 1763823600123456},
		{`"1763823600.12345678901234567890"`, 1763823600123456}, {`1.7638236e9`, 1763823600 * second}, {`"۱۷۶۳۸۲۳۶۰۰"`, 1763823600 * second},
		{`"2026-11-22T10:00:00Z"`, 1795341600 * second}, {`"2026-11-22T13:30:00.000001+03:30"`, 1795341600*second + 1}, {`" 2026-11-22T10:00:00Z "`, 1795341600 * second},
		{`4102444799.999999`, timeEnd - 1}, {`4102444800`, -1}, {`1763823600000`, -1}, {`-1`, -1}, {`"-0.000001"`, -1}, {`1e30`, -1}, {`"1e999999999999"`, -1},
		{strings.Repeat("9", 900), -1}, {`"1969-12-31T23:59:59Z"`, -1}, {`"2100-01-01T00:00:00Z"`, -1}, {`"9999-01-01T00:00:00Z"`, -1},
		{`1e400`, -2}, {`true`, -2}, {`[]`, -2}, {`{}`, -2}, {`"NaN"`, -2}, {`"now"`, -2}, {`"2026-11-22"`, -2}, {`"2026-11-22T10:00:00"`, -2}, {`"2026-11-22 10:00:00Z"`, -2},
		{`"2026-02-30T10:00:00Z"`, -2}, {`"` + strings.Repeat("x", 5000) + `"`, -2},
	} {
		t.Run(brief(c.token), func(t *testing.T) {
			post, err := Parse(asJSON, []byte(at(`"time": `+c.token)))
			switch c.want {
			case -1:
				wantFields(t, err, `{"time":["`+wrongTime+`"]}`)
			case -2:
				wantFields(t, err, `{"time":["`+wrongFormat+`"]}`)
			default:
				if err != nil || post.Position.Time != c.want {
					t.Errorf("time = %d, %v, want %d", post.Position.Time, err, c.want)
				}
			}
		})
	}
}

func TestWrongFields(t *testing.T) {
	long := strings.Repeat("x", peyk.MaxName+1)
	for _, c := range []struct{ name, contentType, body, want string }{
		{"all at once, in order", asJSON, `{"user": {"name": []}, "battery": 2, "heading": 361, "speed": "fast", "altitude": -20001, "accuracy": -1, "time": "x", "longitude": 181}`,
			`{"latitude":["This field is required."],"longitude":["Ensure this value is less than or equal to 180."],"time":["` + wrongFormat + `"],` +
				`"accuracy":["Ensure this value is greater than or equal to 0."],"altitude":["Ensure this value is greater than or equal to -20000."],` +
				`"speed":["A valid number is required."],"heading":["Ensure this value is less than or equal to 360."],"battery":["Ensure this value is less than or equal to 1."],` +
				`"user.id":["This field is required."],"user.name":["Not a valid string."]}`},
		{"no numbers", asJSON, at(`"accuracy": true, "altitude": [], "speed": "0x1p3", "heading": 1e400, "battery": "inf"`),
			`{"accuracy":["A valid number is required."],"altitude":["A valid number is required."],"speed":["A valid number is required."],` +
				`"heading":["A valid number is required."],"battery":["A valid number is required."]}`},
		{"number too large", asJSON, at(`"speed": ` + strings.Repeat("9", 1001)), `{"speed":["String value too large."]}`},
		{"number beyond float64", asJSON, at(`"speed": "1e999"`), `{"speed":["A valid number is required."]}`},
		{"user is a list", asJSON, at(`"user": []`), `{"user":["Invalid data. Expected a dictionary, but got list."]}`},
		{"user is a number", asJSON, at(`"user": 10`), `{"user":["Invalid data. Expected a dictionary, but got int."]}`},
		{"user without id", asJSON, at(`"user": {}`), `{"user.id":["This field is required."]}`},
		{"user id null", asJSON, at(`"user": {"id": null}`), `{"user.id":["This field may not be null."]}`},
		{"user id blank", asJSON, at(`"user": {"id": " "}`), `{"user.id":["This field may not be blank."]}`},
		{"user id with fraction", asJSON, at(`"user": {"id": 10.5}`), `{"user.id":["A whole number or a string is required."]}`},
		{"user id true", asJSON, at(`"user": {"id": true}`), `{"user.id":["A whole number or a string is required."]}`},
		{"user id too long", asJSON, at(`"user": {"id": 1` + strings.Repeat("0", peyk.MaxID) + `}`), `{"user.id":["Courier id has 129 bytes (want at most 128)."]}`},
		{"user id with control character", asJSON, at(`"user": {"id": "1\n2"}`), `{"user.id":["Courier id holds a control character: \"1\\n2\"."]}`},
		{"user names too long", asJSON, at(`"user": {"id": 1, "username": "` + long + `", "name": "` + long + `"}`),
			`{"user.username":["Courier username has 513 bytes (want at most 512)."],"user.name":["Courier name has 513 bytes (want at most 512)."]}`},
		{"form with a user without id", asForm, "latitude=1&longitude=2&user.name=Sara", `{"user.id":["This field is required."]}`},
		{"form with a user and an empty id", asForm, "latitude=1&longitude=2&user.id=&user.name=Sara", `{"user.id":["This field may not be blank."]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse(c.contentType, []byte(c.body))
			wantFields(t, err, c.want)
		})
	}
}

func wantFields(t *testing.T, err error, want string) {
	t.Helper()
	fields, ok := errors.AsType[ingest.FieldErrors](err)
	if !ok {
		t.Fatalf("error = %v (%T), want fields", err, err)
	}
	got, failed := json.Marshal(fields)
	if failed != nil || string(got) != want {
		t.Errorf("fields = %s, %v\nwant     %s", got, failed, want)
	}
}

func TestMalformed(t *testing.T) {
	const huge = 1 << 20
	part := "--b\r\nContent-Disposition: form-data; name=\"latitude\"\r\n\r\n1"
	for _, c := range []struct {
		name, contentType, body string
		status                  int
		want                    string
	}{
		{"syntax", asJSON, `{"latitude": NaN}`, 400, "JSON parse error - invalid character 'N'"},
		{"cut off", asJSON, `{"latitude": 1`, 400, "JSON parse error - unexpected end of JSON input "},
		{"not UTF-8", asJSON, "{\"\u00e9\uFFFD\": \"\xff\"}", 400, "JSON parse error - not valid UTF-8 at byte 11"},
		{"10,000 brackets", asJSON, at(`"x": ` + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000)), 400, "exceeded max depth"},
		{"open brackets", asJSON, strings.Repeat("[", huge), 400, "exceeded max depth"},
		{"huge integer", asJSON, at(`"speed": -` + strings.Repeat("9", huge)), 400,
			"JSON parse error - Exceeds the limit (4300 digits) for integer string conversion: value has 1048576 digits"},
		{"huge id", asJSON, at(`"user": {"id": ` + strings.Repeat("9", 4301) + `}`), 400,
			"JSON parse error - Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits"},
		{"another type", "text/plain; charset=x", "latitude=1", 415, `Unsupported media type "text/plain; charset=x" in request.`},
		{"no boundary", "multipart/form-data", part, 400, "Multipart form parse error - Invalid boundary in multipart: None"},
		{"multipart cut off", "multipart/form-data; boundary=b", part, 400, "Multipart form parse error - unexpected EOF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse(c.contentType, []byte(c.body))
			detail, ok := errors.AsType[ingest.Detail](err)
			if !ok || detail.Status != c.status || !strings.Contains(detail.Text, c.want) {
				t.Errorf("error = %#v, want %d and %q", err, c.status, c.want)
			}
		})
	}
}

// TestHuge holds the promise that a hostile body costs no more memory than a
// few times its length.
func TestHuge(t *testing.T) {
	const huge = 1 << 20
	for name, body := range map[string]string{
		"integer":   `{"latitude": ` + strings.Repeat("9", huge) + `}`,
		"fraction":  `{"latitude": 0.` + strings.Repeat("9", huge) + `}`,
		"exponent":  `{"latitude": 1e` + strings.Repeat("9", huge) + `}`,
		"string":    `{"latitude": "` + strings.Repeat("۹", huge/2) + `"}`,
		"escapes":   `{"latitude": "` + strings.Repeat(`\u06f9`, huge/6) + `"}`,
		"time":      at(`"time": "` + strings.Repeat("1", huge) + `"`),
		"members":   `{` + strings.Repeat(`"latitude":[],`, huge/14) + `"x":1}`,
		"users":     `{` + strings.Repeat(`"user":{"id":1},`, huge/16) + `"x":1}`,
		"quotes":    `{"x": "` + strings.Repeat(`\"`, huge/2) + `"}`,
		"brackets":  strings.Repeat("[", huge),
		"user name": at(`"user": {"id": 1, "name": "` + strings.Repeat("x", huge) + `"}`),
	} {
		t.Run(name, func(t *testing.T) {
			input := []byte(body)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := Parse(asJSON, input)
			runtime.ReadMemStats(&after)
			if err == nil {
				t.Error("no error")
			}
			if took, most := after.TotalAlloc-before.TotalAlloc, uint64(8*len(input)); took > most {
				t.Errorf("took %d bytes, want at most %d", took, most)
			}
		})
	}
}

// TestBodyIsFree holds the promise that a post does not refer to the body.
func TestBodyIsFree(t *testing.T) {
	body := []byte(at(`"user": {"id": "abc", "username": "def", "name": "ghi"}`))
	post, err := Parse(asJSON, body)
	if err != nil {
		t.Fatal(err)
	}
	clear(body)
	if want := (peyk.Courier{ID: "abc", Username: "def", Name: "ghi"}); *post.Courier != want {
		t.Errorf("courier = %+v, want %+v", *post.Courier, want)
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range referenceCases() {
		f.Add(c.contentType, []byte(c.body))
	}
	f.Add(asJSON, []byte(at(`"time": 1763823600.5, "accuracy": "4", "user": {"id": 10, "username": "u", "name": "\ud800"}`)))
	f.Add(asForm, []byte("latitude=1&longitude=2&time=2026-11-22T10:00:00Z&user.id=%ff&speed=1e5"))
	f.Fuzz(func(t *testing.T, contentType string, body []byte) {
		post, err := Parse(contentType, body)
		if err != nil {
			text, failed := json.Marshal(err)
			if failed != nil || !json.Valid(text) || len(text) < len(`{"a":[]}`) {
				t.Errorf("Marshal(%v) = %s, %v", err, text, failed)
			}
			return
		}
		if err := post.Position.Validate(); err != nil {
			t.Errorf("accepted %+v: %v", post.Position, err)
		}
		if lat := post.Position.Lat; math.Round(lat*1e6)/1e6 != lat || post.Position.Time < 0 {
			t.Errorf("accepted %+v, want six decimals and a time after 1970", post.Position)
		}
		if post.Courier == nil {
			return
		}
		if err := post.Courier.Validate(); err != nil {
			t.Errorf("accepted %+v: %v", *post.Courier, err)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for _, c := range []struct{ name, contentType, body string }{
		{"json=2", asJSON, `{"latitude": 35.0001, "longitude": 53.12111}`},
		{"json=strings", asJSON, `{"latitude": "35.000100", "longitude": "53.121110"}`},
		{"json=9", asJSON, at(`"time": 1763823600.123, "accuracy": 4.5, "altitude": 1200.1, "speed": 8.25, "heading": 270, "battery": 0.5, "user": {"id": 10, "username": "test_driver1"}`)},
		{"form=2", asForm, "latitude=35.0001&longitude=53.12111"},
		{"wrong=2", asJSON, `{"latitude": 91, "longitude": 181}`},
	} {
		b.Run(c.name, func(b *testing.B) {
			body := []byte(c.body)
			b.ReportAllocs()
			for b.Loop() {
				_, _ = Parse(c.contentType, body) // some are wrong on purpose
			}
		})
	}
}
