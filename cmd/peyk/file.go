package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// readFile reads a configuration file: one YAML mapping from the names of flags
// to texts or lists of texts. kong's own reader for YAML lets the file win over
// the environment, wants the keys below the command's name and is silent about
// a key that nobody knows; hence this one.
func readFile(path string, known []string) (map[string]given, error) {
	content, err := readBounded(path)
	if err != nil {
		return nil, &wrongOption{name: "config", is: quote(path), want: "a readable file of at most 1 MiB: " + err.Error()}
	}
	return parseFile(path, content, known)
}

// readBounded returns errors without the path in them.
func readBounded(path string) ([]byte, error) {
	const limit = 1 << 20
	file, err := os.Open(path)
	if err != nil {
		return nil, cause(err)
	}
	defer file.Close() // it was only read
	content, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, cause(err)
	}
	if len(content) > limit {
		return nil, errors.New("it is longer")
	}
	return content, nil
}

func cause(err error) error {
	if failed, ok := errors.AsType[*os.PathError](err); ok {
		return failed.Err
	}
	return err
}

func parseFile(path string, content []byte, known []string) (map[string]given, error) {
	root, err := parseYAML(path, content)
	if err != nil || root == nil {
		return nil, err
	}
	options := make(map[string]given)
	for i := 0; i < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		at := fmt.Sprintf("%s line %d", path, key.Line)
		if !slices.Contains(known, key.Value) {
			return nil, fmt.Errorf("%s: unknown key %q (%s)", at, key.Value, hint(key.Value, known))
		}
		if before, twice := options[key.Value]; twice {
			return nil, fmt.Errorf("%s: key %q stands in %s already", at, key.Value, before.from)
		}
		options[key.Value] = giveNode(value, at)
	}
	return options, nil
}

// parseYAML returns the mapping that the file is, nil for an empty one.
func parseYAML(path string, content []byte) (*yaml.Node, error) {
	var document, another yaml.Node
	decoder := yaml.NewDecoder(strings.NewReader(string(content)))
	err := decoder.Decode(&document)
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	if err == nil && decoder.Decode(&another) != io.EOF {
		err = errors.New("it holds more than one document")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %s", path, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	root := document.Content[0]
	if root.ShortTag() == "!!null" {
		return nil, nil
	}
	if root.Kind != yaml.MappingNode {
		return nil, fmt.Errorf(`%s line %d: want lines like "tick: 100ms"`, path, root.Line)
	}
	return root, nil
}

// giveNode takes scalars as they are written, not as YAML's types: what an
// option may be is told in one place, whichever way it came.
func giveNode(value *yaml.Node, at string) given {
	switch {
	case value.Kind == yaml.ScalarNode && value.ShortTag() == "!!null":
		return given{odd: "null", from: at}
	case value.Kind == yaml.ScalarNode:
		return given{texts: []string{value.Value}, from: at}
	case value.Kind != yaml.SequenceNode:
		return given{odd: "no text", from: at}
	}
	list := given{list: true, from: at}
	for _, item := range value.Content {
		if item.Kind != yaml.ScalarNode || item.ShortTag() == "!!null" {
			return given{odd: "a list of more than texts", from: at}
		}
		list.texts = append(list.texts, item.Value)
	}
	return list
}

// hint names the known key that is nearest to a misspelt one, or all of them
// where none is near.
func hint(key string, known []string) string {
	nearest := slices.MinFunc(known, func(a, b string) int { return distance(key, a) - distance(key, b) })
	if distance(key, nearest) <= max(2, len(nearest)/2) {
		return fmt.Sprintf("did you mean %q?", nearest)
	}
	return "want one of " + strings.Join(known, ", ")
}

// distance is how many bytes have to be put in, taken out or replaced to make b
// of a (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replaced := diagonal
			if a[i] != b[j] {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
