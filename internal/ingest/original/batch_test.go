package original

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"peyk/internal/ingest"
)

const asLines = "application/x-ndjson"

// readAll returns what came of a batch, in order: "id", or what was wrong.
func readAll(t *testing.T, contentType string, from io.Reader) (got []string) {
	t.Helper()
	batch, err := NewBatch(contentType, from)
	if err != nil {
		return []string{err.Error()}
	}
	for {
		post, err := batch.Next()
		fields, one := errors.AsType[ingest.FieldErrors](err)
		switch {
		case err == io.EOF:
			return got
		case one:
			got = append(got, fields.Error())
		case err != nil:
			return append(got, "end: "+err.Error())
		case post.Courier == nil:
			got = append(got, "nobody")
		default:
			got = append(got, post.Courier.ID)
		}
	}
}

func TestBatch(t *testing.T) {
	post := func(id string) string { return at(`"user": {"id": ` + id + `, "name": "a]b}\"["}`) }
	const missing = "latitude: This field is required. longitude: This field is required."
	noFields := strings.ReplaceAll(missing, ". l", ".; l")
	for _, c := range []struct {
		name, contentType, body string
		want                    []string
	}{
		{"none", asJSON, " [ ] \r\n", nil},
		{"one", asJSON, "[" + post("1") + "]", []string{"1"}},
		{"three, in order", "application/JSON; charset=utf-8", "\n[" + post("1") + " ,\t" + post(`"x,y"`) + ",\n" + post("3") + "\n]\n", []string{"1", "x,y", "3"}},
		{"wrong among right", asJSON, "[" + post("1") + `,{},5,"x, ]",null,[[1],{}], true ,` + post("2") + "]", []string{"1", noFields,
			"non_field_errors: Invalid data. Expected a dictionary, but got int.", "non_field_errors: Invalid data. Expected a dictionary, but got str.",
			"non_field_errors: No data provided", "non_field_errors: Invalid data. Expected a dictionary, but got list.",
			"non_field_errors: Invalid data. Expected a dictionary, but got bool.", "2"}},
		{"nothing", asJSON, "", []string{"end: JSON parse error - unexpected end of JSON input after 0 elements"}},
		{"no array", asJSON, post("1"), []string{"end: JSON parse error - unexpected character '{' where an array was wanted"}},
		{"cut off in an element", asJSON, "[" + post("1") + "," + post("2")[:30], []string{"1", "end: JSON parse error - unexpected end of JSON input after 1 elements"}},
		{"cut off between", asJSON, "[" + post("1") + ",", []string{"1", "end: JSON parse error - unexpected end of JSON input after 1 elements"}},
		{"no comma", asJSON, "[" + post("1") + post("2") + "]", []string{"1", "end: JSON parse error - unexpected character '{' where a comma or the end of the array was wanted"}},
		{"comma at the end", asJSON, "[" + post("1") + ",]", []string{"1", "end: JSON parse error - unexpected end of JSON input (byte 0) of element 1"}},
		{"more after the end", asJSON, "[" + post("1") + "]x", []string{"1", "end: JSON parse error - unexpected character 'x' where nothing more was wanted"}},
		{"no JSON", asJSON, "[" + post("1") + ",{latitude: 1}]", []string{"1", "end: JSON parse error - invalid character 'l' looking for beginning of object key string (byte 2) of element 1"}},
		{"no UTF-8", asJSON, "[{\"latitude\": \"\xff\"}]", []string{"end: JSON parse error - not valid UTF-8 at byte 14 of element 0"}},
		{"brackets", asJSON, strings.Repeat("[", 100_000), []string{"end: Element 0 has more than 65536 bytes."}},

		{"no lines", asLines, " \n\r\n\n", nil},
		{"lines", asLines, post("1") + "\r\n\n" + post("2") + "\n", []string{"1", "2"}},
		{"no line break at the end", asLines, post("1") + "\n" + post("2"), []string{"1", "2"}},
		{"a line that is no JSON", asLines, post("1") + "\n{]\n" + post("2") + " x\n\"\xff\"\n" + post("3"), []string{"1",
			"non_field_errors: JSON parse error - invalid character ']' looking for beginning of object key string (byte 2)",
			"non_field_errors: JSON parse error - invalid character 'x' after top-level value (byte 79)",
			"non_field_errors: JSON parse error - not valid UTF-8 at byte 1", "3"}},
		{"a line that is too long", asLines, post("1") + "\n" + strings.Repeat("x", 200_000), []string{"1", "end: Element 1 has more than 65536 bytes."}},
		{"a form", asForm, "latitude=1", []string{`Unsupported media type "application/x-www-form-urlencoded" in request.`}},
		{"no type", "", "[]", []string{`Unsupported media type "" in request.`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for name, from := range map[string]io.Reader{
				"at once": strings.NewReader(c.body), "by bytes": iotest.OneByteReader(strings.NewReader(c.body)), "by halves": iotest.HalfReader(strings.NewReader(c.body)),
			} {
				if got := readAll(t, c.contentType, from); !reflect.DeepEqual(got, c.want) {
					t.Errorf("%s: %q, want %q", name, got, c.want)
				}
			}
		})
	}
}

func TestBatchThatDoesNotArrive(t *testing.T) {
	broken := errors.New("the cable was cut")
	for _, contentType := range []string{asJSON, asLines} {
		got := readAll(t, contentType, io.MultiReader(strings.NewReader("["), iotest.ErrReader(broken)))
		if got[len(got)-1] != "end: the cable was cut" {
			t.Errorf("%s: %q, want the reader's own error", contentType, got)
		}
	}
}

// FuzzBatch holds a batch against Parse: what an element comes to does not
// depend on what is around it nor on how it arrives.
func FuzzBatch(f *testing.F) {
	for _, body := range bodies {
		f.Add([]byte(body), byte(3))
	}
	f.Fuzz(func(t *testing.T, body []byte, size byte) {
		at := func(contentType string) []string { return readAll(t, contentType, &pieces{body, int(size) + 1}) }
		var elements []json.RawMessage
		if got := at(asJSON); json.Unmarshal(body, &elements) == nil && elements != nil {
			for i, element := range elements {
				_, err := Parse(asJSON, element)
				if fields, wrong := errors.AsType[ingest.FieldErrors](err); wrong && (i >= len(got) || got[i] != fields.Error()) {
					t.Fatalf("element %d of %q: %q, want %v", i, body, got, err)
				}
			}
		} else if len(got) == 0 || !strings.HasPrefix(got[len(got)-1], "end: ") {
			t.Fatalf("%q is no array: %q", body, got)
		}
		if got, lines := at(asLines), strings.Count(string(body), "\n")+1; len(got) > lines {
			t.Fatalf("%q has %d lines: %q", body, lines, got)
		}
	})
}

// pieces reads so many bytes at a time.
type pieces struct {
	rest []byte
	size int
}

func (p *pieces) Read(b []byte) (int, error) {
	if len(p.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(b[:min(len(b), p.size)], p.rest)
	p.rest = p.rest[n:]
	return n, nil
}

func BenchmarkBatch(b *testing.B) {
	const n = 1000
	for name, more := range map[string]string{"fields=3": "", "fields=9": `"time": 1763823600.123, "accuracy": 4.5, "altitude": 1200.1, "speed": 8.25, "heading": 270, "battery": 0.5, `} {
		var array strings.Builder
		for i := range n {
			fmt.Fprintf(&array, "%c%s", "[,"[min(i, 1)], at(more+fmt.Sprintf(`"user": {"id": %d, "username": "test_driver%d"}`, i, i)))
		}
		array.WriteByte(']')
		lines := strings.ReplaceAll(array.String()[1:array.Len()-1], "}},", "}}\n")
		for contentType, body := range map[string]string{asJSON: array.String(), asLines: lines} {
			b.Run(fmt.Sprintf("%s/%s/positions=%d", contentType[len("application/"):], name, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					batch, err := NewBatch(contentType, strings.NewReader(body))
					if err != nil {
						b.Fatal(err)
					}
					for range n {
						if _, err := batch.Next(); err != nil {
							b.Fatal(err)
						}
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/position")
			})
		}
	}
}
