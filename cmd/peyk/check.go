package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/alecthomas/kong"
	"go.yaml.in/yaml/v3"
)

// checkCmd shows what a server would run with. Its output is a configuration
// file again, except for what is redacted.
type checkCmd struct{ settings }

// Help is the long text under peyk config check --help.
func (*checkCmd) Help() string {
	return "Takes the options of peyk serve from the same places, says what is wrong with them, " +
		"or prints them all as YAML and where each comes from. Passwords are hidden. It opens and changes nothing."
}

// Run prints the configuration, or returns what is wrong with it.
func (c *checkCmd) Run(ctx *kong.Context, out io.Writer) error {
	if err := c.check(); err != nil {
		return err
	}
	onLine := make(map[string]bool)
	for _, path := range ctx.Path {
		if path.Flag != nil && !path.Resolved {
			onLine[path.Flag.Name] = true
		}
	}
	root := &yaml.Node{Kind: yaml.MappingNode}
	for _, flag := range ctx.Selected().Flags {
		if flag.Name == "config" {
			continue
		}
		source, outside := c.from[flag.Name]
		switch {
		case onLine[flag.Name]:
			source = "command line"
		case !outside:
			source = "default"
		}
		value, err := node(flag.Target.Interface())
		if err != nil {
			return fmt.Errorf("show --%s: %w", flag.Name, err)
		}
		value.LineComment = source
		root.Content = append(root.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: flag.Name}, value)
	}
	encoder := yaml.NewEncoder(out)
	encoder.SetIndent(2)
	return encoder.Encode(root)
}

// node returns an option's value as the file would have it, redacted.
func node(value any) (*yaml.Node, error) {
	var n yaml.Node
	switch v := value.(type) {
	case string:
		value = redact(v)
	case time.Duration, fmt.Stringer:
		value = show(v)
	}
	err := n.Encode(value)
	if n.Kind == yaml.SequenceNode {
		n.Style = yaml.FlowStyle
	}
	return &n, err
}

// show writes an option's value in the way in which one would give it:
// 24h, where Go writes 24h0m0s.
func show(value any) string {
	text := fmt.Sprint(value)
	if _, ok := value.(time.Duration); ok {
		if strings.HasSuffix(text, "m0s") {
			text = strings.TrimSuffix(text, "0s")
		}
		if strings.HasSuffix(text, "h0m") {
			text = strings.TrimSuffix(text, "0m")
		}
	}
	return text
}
