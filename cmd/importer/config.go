package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"officeimporter/internal/near"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"
)

// config is a config file: flags by name, each with its values.
type config struct {
	path   string
	values map[string][]string
}

// readConfig reads the file named by --config or its environment variable. Without one, the config is empty.
func readConfig(cmd *cobra.Command) (c config, err error) {
	named, err := cmd.Flags().GetString(configFlag)
	if c.path = cmp.Or(named, os.Getenv(configVariable)); c.path == "" || err != nil {
		return c, err
	}
	text, err := os.ReadFile(c.path)
	if err != nil {
		return c, fail("config", "", "config: %w", err)
	}
	if err := c.parse(text, flagNames(cmd.Root())); err != nil {
		return c, &hinted{err, "config", ""}
	}
	return c, nil
}

func (c *config) parse(text []byte, known []string) error {
	var entries map[string]setting
	if err := yaml.Unmarshal(text, &entries); err != nil {
		return fmt.Errorf("%s: %w", c.path, err)
	}
	c.values = make(map[string][]string, len(entries))
	var wrong []error
	for name, s := range entries {
		wrong = append(wrong, c.checkName(name, s.line, known))
		c.values[name] = s.values
	}
	return errors.Join(wrong...)
}

// checkName refuses names that are not flags of any command. Flags of other commands are fine: one file serves all
// commands.
func (c *config) checkName(name string, line int, known []string) error {
	switch {
	case slices.Contains(known, name):
		return nil
	case strings.Contains(strings.ToLower(name), "key"):
		return fmt.Errorf("%s:%d: %q: an API key has no place here; name its file by DIALPAD_API_KEY_FILE", c.path, line, name)
	}
	hint := near.DidYouMean(near.First(name, known, strings.ToLower), "`importer run --help` lists them")
	return fmt.Errorf("%s:%d: there is no flag --%s; %s", c.path, line, name, hint)
}

// setting is what the file has for one name: a value or a list of values, as text.
type setting struct {
	line   int
	values []string
}

// UnmarshalYAML keeps values as they are written, so that 007 stays 007.
func (s *setting) UnmarshalYAML(node *yaml.Node) error {
	s.line = node.Line
	items := []*yaml.Node{node}
	if node.Kind == yaml.SequenceNode {
		items = node.Content
	}
	for _, item := range items {
		if item.Kind != yaml.ScalarNode {
			return fmt.Errorf("line %d: a setting is one value, or a list of values", item.Line)
		}
		s.values = append(s.values, item.Value)
	}
	return nil
}

// flagNames returns the flags of all commands that a config file may set, sorted.
func flagNames(root *cobra.Command) (names []string) {
	add := func(f *pflag.Flag) {
		if !slices.Contains(names, f.Name) && f.Name != "help" && f.Name != configFlag {
			names = append(names, f.Name)
		}
	}
	root.PersistentFlags().VisitAll(add)
	for _, command := range root.Commands() {
		command.Flags().VisitAll(add)
	}
	slices.Sort(names)
	return names
}
