package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"officeimporter/internal/importer"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Flags may also be given by the environment and by a file that --config names:
// what is typed goes before the environment, and that before the file. No file
// is looked for: neither --server nor --yes may come from one that was found by
// itself.
const (
	settingPrefix  = "IMPORTER_"
	configFlag     = "config"
	configVariable = settingPrefix + "CONFIG"
)

// variableOf is the environment variable of a flag: IMPORTER_MAX_FAILURES for
// --max-failures. The server's is the one that other programs use.
func variableOf(flag string) string {
	if flag == "server" {
		return serverVariable
	}
	return settingPrefix + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// settings are values of flags that were not typed, and where they come from.
type settings struct {
	texts []string // --workers 8 (IMPORTER_WORKERS)
}

// withSettings sets the flags of a command that were not typed, and says which.
func withSettings(cmd *cobra.Command, c console, logs *logOptions) error {
	s := new(settings)
	err := s.applyAll(cmd)
	quiet, _ := cmd.Flags().GetBool("quiet") // not every command has it
	err = errors.Join(err, logs.apply(c.say, c.err, quiet))
	if len(s.texts) > 0 {
		c.say.Info("settings: " + strings.Join(s.texts, ", "))
	}
	return err
}

func (s *settings) applyAll(cmd *cobra.Command) error {
	file, err := readConfig(cmd)
	if err != nil {
		return err
	}
	var wrong []error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Changed || f.Name == configFlag || f.Name == "help" {
			return
		}
		wrong = append(wrong, s.apply(cmd.Flags(), f, file))
	})
	return errors.Join(wrong...)
}

func (s *settings) apply(flags *pflag.FlagSet, f *pflag.Flag, file config) error {
	if text, given := os.LookupEnv(variableOf(f.Name)); given && text != "" {
		return s.set(flags, f, strings.Split(text, "\n"), variableOf(f.Name), "")
	}
	if values, given := file.values[f.Name]; given {
		return s.set(flags, f, values, file.path, f.Name+": ")
	}
	return nil
}

// set gives a flag its values; one that takes a single value has one.
func (s *settings) set(flags *pflag.FlagSet, f *pflag.Flag, values []string, source, place string) error {
	if _, many := f.Value.(pflag.SliceValue); !many && len(values) != 1 {
		return fail("usage", "", "%s: %s--%s takes one value, not %d", source, place, f.Name, len(values))
	}
	for _, value := range values {
		if err := flags.Set(f.Name, value); err != nil {
			return fail("usage", "", "%s: %s%q is not right for --%s: %v", source, place, value, f.Name, errors.Unwrap(err))
		}
		switch {
		case source == serverVariable: // where it leads to is said anyway
			continue
		case f.Name == "notify": // a webhook's address is a secret
			value = "..."
		case f.Name == "journal": // it may be a database's URL
			value = importer.ShownJournal(value)
		}
		s.texts = append(s.texts, fmt.Sprintf("--%s %s (%s)", f.Name, quoted(value), source))
	}
	return nil
}
