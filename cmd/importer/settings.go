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

// Flags override environment variables, which override the config file. The program reads no config file that was not
// named: --server and --yes must never come from a file that it found by itself.
const (
	settingPrefix  = "IMPORTER_"
	configFlag     = "config"
	configVariable = settingPrefix + "CONFIG"
)

// variableOf returns the environment variable of a flag, such as IMPORTER_MAX_FAILURES for --max-failures. For the
// server it is the one that other programs use too.
func variableOf(flag string) string {
	if flag == "server" {
		return serverVariable
	}
	return settingPrefix + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// settings sets flags from the environment and the config file.
type settings struct {
	texts []string // what was set, such as "--workers 8 (IMPORTER_WORKERS)"
}

// withSettings sets the flags that were not given on the command line, logs which ones, and sets up the logger.
func withSettings(cmd *cobra.Command, c console, logs *logOptions) error {
	s := new(settings)
	err := s.applyAll(cmd)
	quiet, _ := cmd.Flags().GetBool("quiet") // not every command has it
	err = errors.Join(err, logs.apply(c.log, c.err, quiet))
	if len(s.texts) > 0 {
		c.log.Info("settings: " + strings.Join(s.texts, ", "))
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

// set sets a flag. Only a flag that may be repeated takes more than one value.
func (s *settings) set(flags *pflag.FlagSet, f *pflag.Flag, values []string, source, place string) error {
	if _, many := f.Value.(pflag.SliceValue); !many && len(values) != 1 {
		return fail("usage", "", "%s: %s--%s takes one value, not %d", source, place, f.Name, len(values))
	}
	for _, value := range values {
		if err := flags.Set(f.Name, value); err != nil {
			return fail("usage", "", "%s: %s%q is not right for --%s: %v", source, place, value, f.Name, errors.Unwrap(err))
		}
		switch {
		case source == serverVariable: // messages name the server anyway
			continue
		case f.Name == "notify": // a webhook's URL is a secret
			value = "..."
		case f.Name == "journal": // a database's URL may have a password
			value = importer.ShownJournal(value)
		}
		s.texts = append(s.texts, fmt.Sprintf("--%s %s (%s)", f.Name, quoted(value), source))
	}
	return nil
}
