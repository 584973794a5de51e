package api_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"peyk/internal/api"
)

// elsewhere are the routes that other rooms mount beside ours.
var elsewhere = []string{"GET /api/v1/stream", "GET /ws"}

// node is a mapping of the description.
type node = map[string]any

// spec is the description, by which answers are judged.
type spec struct {
	root node
	seen map[string]map[string]bool // members of the objects in answers, by their schema
}

func readSpec(t *testing.T) *spec {
	t.Helper()
	text, err := os.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s := &spec{seen: make(map[string]map[string]bool)}
	if err := yaml.Unmarshal(text, &s.root); err != nil {
		t.Fatal(err)
	}
	return s
}

// operation is one method of one path.
type operation struct {
	node
	shared []any // parameters of the path
}

func (s *spec) operations() map[string]operation {
	all := make(map[string]operation)
	for path, offered := range s.root["paths"].(node) {
		shared, _ := offered.(node)["parameters"].([]any)
		for method, o := range offered.(node) {
			if method != "parameters" {
				all[strings.ToUpper(method)+" "+path] = operation{o.(node), shared}
			}
		}
	}
	return all
}

// resolve follows a reference; it is nil where that leads nowhere.
func (s *spec) resolve(n node) node {
	for {
		ref, is := n["$ref"].(string)
		if !is {
			return n
		}
		var at any = s.root
		for name := range strings.SplitSeq(strings.TrimPrefix(ref, "#/"), "/") {
			in, _ := at.(node)
			at = in[name]
		}
		n, _ = at.(node)
	}
}

func TestEveryRouteIsDescribed(t *testing.T) {
	described := slices.Sorted(maps.Keys(readSpec(t).operations()))
	offered := append(api.NewServer(api.Options{}).Routes(), elsewhere...)
	slices.Sort(offered)
	if !slices.Equal(described, offered) {
		t.Errorf("described are\n%q, want what is offered,\n%q", described, offered)
	}
}

func TestDescriptionIsServedToEverybody(t *testing.T) {
	h := open(t, nil)
	text, err := os.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	got := h.ask(t, "GET", "/api/openapi.yaml", "")
	if got.status != http.StatusOK || got.body != string(text) {
		t.Errorf("answer = %d with %d bytes, want 200 with the %d of the file", got.status, len(got.body), len(text))
	}
	got.wantHeader(t, "Content-Type", "application/yaml")
}

// TestDescription holds the description against the rules of OpenAPI 3.1 that
// it can break, and its examples against its schemas.
func TestDescription(t *testing.T) {
	s := readSpec(t)
	if version := s.root["openapi"]; version != "3.1.0" {
		t.Errorf("openapi = %v, want 3.1.0", version)
	}
	s.walk(t, "", s.root)
	ids := make(map[any]string)
	for name, o := range s.operations() {
		if other, taken := ids[o.node["operationId"]]; taken || o.node["operationId"] == nil {
			t.Errorf("%s: operationId %v is missing or that of %s", name, o.node["operationId"], other)
		}
		ids[o.node["operationId"]] = name
		s.checkOperation(t, name, o)
	}
}

func (s *spec) checkOperation(t *testing.T, name string, o operation) {
	t.Helper()
	_, path, _ := strings.Cut(name, " ")
	var want, got []string
	for _, found := range regexp.MustCompile(`\{(\w+)\}`).FindAllStringSubmatch(path, -1) {
		want = append(want, found[1])
	}
	own, _ := o.node["parameters"].([]any)
	for _, p := range append(own, o.shared...) {
		if p := s.resolve(p.(node)); p["in"] == "path" {
			got = append(got, p["name"].(string))
		}
	}
	if !slices.Equal(got, want) || o.node["summary"] == nil || o.node["tags"] == nil {
		t.Errorf("%s: path parameters %q, summary %v, tags %v; want %q and the others", name, got, o.node["summary"], o.node["tags"], want)
	}
	if o.node["responses"].(node)["default"] == nil {
		t.Errorf("%s: no default response", name)
	}
	for status, r := range o.node["responses"].(node) {
		if s.resolve(r.(node))["description"] == nil {
			t.Errorf("%s: response %s has no description", name, status)
		}
	}
}

// TestAnswersAreAsDescribed asks every route, and sees every member of every
// answer that is described.
func TestAnswersAreAsDescribed(t *testing.T) {
	h, s := open(t, nil), readSpec(t)
	asked := make(map[string]bool)
	ask := func(method, path, body, route string) answer {
		t.Helper()
		got := h.asAdmin(t, method, path, body)
		if s.check(t, method+" "+route, got); got.status < 300 {
			asked[method+" "+route] = true
		}
		return got
	}
	const detailed = `{"latitude":35.5,"longitude":53,"accuracy":5,"altitude":1200,"speed":8.3,"heading":270,"battery":0.5,"time":"2025-11-22T11:00:00Z","user":{"id":10}}`
	ask("POST", "/api/v1/locations", detailed, "/api/v1/locations")
	ask("POST", "/api/v1/positions", "["+detailed+",{}]", "/api/v1/positions")
	ask("POST", "/api/v1/positions", "["+detailed, "/api/v1/positions")
	ask("PUT", "/api/v1/couriers", `{"couriers":[{"id":"1"},{"id":"2"}]}`, "/api/v1/couriers")
	ask("PUT", "/api/v1/couriers", `{"couriers":[{"id":""}]}`, "/api/v1/couriers")
	ask("PUT", "/api/v1/couriers/10", described, "/api/v1/couriers/{id}")
	ask("GET", "/api/v1/couriers?limit=1", "", "/api/v1/couriers")
	ask("GET", "/api/v1/couriers/10", "", "/api/v1/couriers/{id}")
	ask("DELETE", "/api/v1/couriers/10", "", "/api/v1/couriers/{id}")
	ask("PUT", "/api/v1/teams/south", `{"name":"The south"}`, "/api/v1/teams/{id}")
	ask("GET", "/api/v1/teams", "", "/api/v1/teams")
	ask("DELETE", "/api/v1/teams/south", "", "/api/v1/teams/{id}")
	ask("POST", "/api/v1/keys", `{"role":"viewer","until":"2026-01-01T00:00:00Z"}`, "/api/v1/keys")
	h.keep(t, "keyofown", people["viewer"])
	ask("PUT", "/api/v1/keys/keyofown", `{"role":"viewer","name":"new"}`, "/api/v1/keys/{id}")
	ask("DELETE", "/api/v1/keys/keyofown", "", "/api/v1/keys/{id}")
	ask("GET", "/api/v1/keys", "", "/api/v1/keys")
	askOrders(t, h, s, ask)
	ask("GET", "/api/v1/hubs", "", "/api/v1/hubs")
	ask("GET", "/api/v1/me", "", "/api/v1/me")
	s.check(t, "GET /api/v1/me", h.ask(t, "GET", "/api/v1/me", "", h.as(t, people["courier"])...))
	ask("GET", "/api/openapi.yaml", "", "/api/openapi.yaml")

	for _, as := range []string{"POST /api/v1/me/orders/{id}", "GET /api/v1/me/orders", "GET /api/v1/track"} {
		asked[as] = true // askOrders did
	}
	for _, route := range api.NewServer(api.Options{}).Routes() {
		if !asked[route] {
			t.Errorf("%s was not asked with success", route)
		}
	}
	for name, schema := range s.root["components"].(node)["schemas"].(node) {
		answers := s.seen["#/components/schemas/"+name]
		properties, _ := schema.(node)["properties"].(node)
		for member := range properties {
			if answers != nil && !answers[member] {
				t.Errorf("no answer had %s of %s", member, name)
			}
		}
	}
}

// askOrders asks for what there is of orders, as the shop, a courier and a
// customer.
func askOrders(t *testing.T, h *house, s *spec, ask func(method, path, body, route string) answer) {
	t.Helper()
	const detailed = `{"courier":"own","destination":{"latitude":35,"longitude":53.01,"address":"home"},"pickup":{"address":"shop"},"promised":"2025-11-22T13:00:00Z"}`
	ask("PUT", "/api/v1/orders/7", detailed, "/api/v1/orders/{id}")
	ask("PUT", "/api/v1/orders/7", `{"stop":-1}`, "/api/v1/orders/{id}")
	ask("POST", "/api/v1/orders", `{"orders":[{"id":"8"},{"id":"9"}]}`, "/api/v1/orders")
	ask("POST", "/api/v1/orders", `{"orders":[{"id":""}]}`, "/api/v1/orders")
	ask("GET", "/api/v1/orders?limit=1", "", "/api/v1/orders")
	ask("GET", "/api/v1/orders/7", "", "/api/v1/orders/{id}")
	ask("POST", "/api/v1/orders/7/shares", "", "/api/v1/orders/{id}/shares")
	listed := ask("GET", "/api/v1/orders/7/shares", "", "/api/v1/orders/{id}/shares")
	id := regexp.MustCompile(`"id":"(\w+)"`).FindStringSubmatch(listed.body)[1]
	ask("DELETE", "/api/v1/orders/7/shares/"+id, "", "/api/v1/orders/{id}/shares/{share}")
	ask("POST", "/api/v1/orders/8/shares", "{}", "/api/v1/orders/{id}/shares")
	ask("DELETE", "/api/v1/orders/8", "", "/api/v1/orders/{id}")

	as := func(who, method, path, body, route string) {
		t.Helper()
		got := h.ask(t, method, path, body, h.as(t, people[who])...)
		got.wantStatus(t, http.StatusOK)
		s.check(t, route, got)
	}
	as("courier", "POST", "/api/v1/me/orders/7", `{"state":"picked_up"}`, "POST /api/v1/me/orders/{id}")
	as("courier", "POST", "/api/v1/locations", `{"latitude":35,"longitude":53}`, "POST /api/v1/locations")
	as("courier", "GET", "/api/v1/me/orders", "", "GET /api/v1/me/orders")
	as("customer", "GET", "/api/v1/track", "", "GET /api/v1/track")
}

// walk resolves every reference, and checks every example below n.
func (s *spec) walk(t *testing.T, at string, n any) {
	t.Helper()
	switch n := n.(type) {
	case []any:
		for i, below := range n {
			s.walk(t, fmt.Sprintf("%s/%d", at, i), below)
		}
	case node:
		if n["$ref"] != nil && s.resolve(n) == nil {
			t.Errorf("%s: %v leads nowhere", at, n["$ref"])
		}
		schema, _ := n["schema"].(node)
		if example, there := n["example"]; there {
			for _, wrong := range s.judge("example", schema, plain(example)) {
				t.Errorf("%s: %s", at, wrong)
			}
		}
		for name, below := range n {
			if name != "example" {
				s.walk(t, at+"/"+name, below)
			}
		}
	}
}

// plain turns what YAML reads into what JSON would.
func plain(v any) any {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	var back any
	if err := json.Unmarshal(text, &back); err != nil {
		panic(err)
	}
	return back
}

// check holds an answer against what is described for its route.
func (s *spec) check(t *testing.T, route string, a answer) {
	t.Helper()
	responses := s.operations()[route].node["responses"].(node)
	r, found := responses[fmt.Sprint(a.status)].(node)
	if !found {
		if a.status < 400 {
			t.Errorf("%s: %d is not described", route, a.status)
			return
		}
		r = responses["default"].(node)
	}
	content, _ := s.resolve(r)["content"].(node)
	if content == nil {
		if a.body != "" {
			t.Errorf("%s: %d %s, want no body", route, a.status, a.body)
		}
		return
	}
	media, found := content[a.header.Get("Content-Type")].(node)
	if !found {
		t.Errorf("%s: %d is %q, want one of %q", route, a.status, a.header.Get("Content-Type"), slices.Collect(maps.Keys(content)))
		return
	}
	var v any = a.body
	if a.header.Get("Content-Type") == "application/json" && json.Unmarshal([]byte(a.body), &v) != nil {
		t.Errorf("%s: %d %s is no JSON", route, a.status, a.body)
	}
	for _, wrong := range s.judge("answer", media["schema"].(node), v) {
		t.Errorf("%s: %d %s: %s", route, a.status, a.body, wrong)
	}
}

// judge says in what a value is not what the schema wants: as much of JSON
// Schema 2020-12 as the description uses.
func (s *spec) judge(at string, schema node, v any) (wrong []string) {
	name, _ := schema["$ref"].(string)
	schema = s.resolve(schema)
	for word := range schema {
		if !slices.Contains(strings.Fields("type properties required additionalProperties items enum const oneOf pattern format "+
			"minimum maximum minLength maxLength maxItems default description"), word) {
			wrong = append(wrong, "the test does not know "+word)
		}
	}
	if any, is := schema["oneOf"].([]any); is {
		return append(wrong, s.judgeOneOf(at, any, v)...)
	}
	if !ofType(schema["type"], v) {
		return append(wrong, fmt.Sprintf("%s is %T, want %v", at, v, schema["type"]))
	}
	if list, is := schema["enum"].([]any); is && !slices.Contains(list, v) {
		wrong = append(wrong, fmt.Sprintf("%s is %v, want one of %v", at, v, list))
	}
	switch v := v.(type) {
	case map[string]any:
		wrong = append(wrong, s.judgeObject(at, name, schema, v)...)
	case []any:
		for i, item := range v {
			wrong = append(wrong, s.judge(fmt.Sprintf("%s[%d]", at, i), schema["items"].(node), item)...)
		}
	case string:
		wrong = append(wrong, judgeText(at, schema, v)...)
	}
	return wrong
}

func (s *spec) judgeOneOf(at string, schemas []any, v any) []string {
	var why []string
	for _, schema := range schemas {
		wrong := s.judge(at, schema.(node), v)
		if len(wrong) == 0 {
			return nil
		}
		why = append(why, wrong...)
	}
	return why
}

func (s *spec) judgeObject(at, name string, schema node, v map[string]any) (wrong []string) {
	for _, member := range list(schema["required"]) {
		if _, there := v[member]; !there {
			wrong = append(wrong, fmt.Sprintf("%s has no %s", at, member))
		}
	}
	properties, _ := schema["properties"].(node)
	for member, value := range v {
		if s.seen[name] == nil {
			s.seen[name] = make(map[string]bool)
		}
		s.seen[name][member] = true
		if below, known := properties[member].(node); known {
			wrong = append(wrong, s.judge(at+"."+member, below, value)...)
			continue
		}
		switch others := schema["additionalProperties"].(type) {
		case bool:
			wrong = append(wrong, fmt.Sprintf("%s has %s, which is not described", at, member))
		case node:
			wrong = append(wrong, s.judge(at+"."+member, others, value)...)
		}
	}
	return wrong
}

func judgeText(at string, schema node, v string) (wrong []string) {
	if p, is := schema["pattern"].(string); is && !regexp.MustCompile(p).MatchString(v) {
		wrong = append(wrong, fmt.Sprintf("%s is %q, want %s", at, v, p))
	}
	if _, err := time.Parse(time.RFC3339, v); schema["format"] == "date-time" && err != nil {
		wrong = append(wrong, fmt.Sprintf("%s: %v", at, err))
	}
	return wrong
}

func ofType(types, v any) bool {
	if types == nil {
		return true
	}
	kind := "null"
	if v != nil {
		kind = map[reflect.Kind]string{reflect.Map: "object", reflect.Slice: "array", reflect.String: "string",
			reflect.Bool: "boolean", reflect.Float64: "number"}[reflect.TypeOf(v).Kind()]
	}
	number, _ := v.(float64)
	whole := kind == "number" && number == float64(int64(number))
	return slices.ContainsFunc(list(types), func(t string) bool { return t == kind || t == "integer" && whole })
}

// list is a string or a list of them.
func list(v any) (texts []string) {
	if text, is := v.(string); is {
		return []string{text}
	}
	items, _ := v.([]any)
	for _, item := range items {
		texts = append(texts, item.(string))
	}
	return texts
}
