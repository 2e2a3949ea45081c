package main

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const docsFolder = "../../docs/"

// documents returns all texts that tell people what to type, by file name.
func documents(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, pattern := range []string{"../../README.md", docsFolder + "*.md", docsFolder + "examples/*"} {
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, p := range paths {
			all[filepath.Base(p)] = read(t, p)
		}
	}
	return all
}

// commandLine matches what follows the name of the program, whether that is a path,
// a Windows file or an image, up to where a shell or the document ends it.
var commandLine = regexp.MustCompile("(?m)(?:^|[\\s`/'$])importer(?:\\.exe|:1)? +([a-z][^`|<>#\\n]*)")

// commandLines returns the command lines in a text, split into words.
func commandLines(text string) (all [][]string) {
	text = strings.ReplaceAll(text, "\\\n", " ")
	for _, found := range commandLine.FindAllStringSubmatch(text, -1) {
		var words []string
		for _, word := range strings.Fields(found[1]) {
			words = append(words, strings.Trim(word, `"'`))
		}
		all = append(all, words)
	}
	return all
}

// understood checks a command line: its command, each flag with its value, and the
// number of arguments.
func understood(words []string) error {
	root := newRoot(newConsole(nil, nil, nil))
	root.InitDefaultHelpCmd()
	command, rest, err := root.Find(words)
	if err == nil {
		err = command.ParseFlags(rest)
	}
	if err != nil || command.Name() == "help" {
		return err
	}
	return command.ValidateArgs(command.Flags().Args())
}

// isCommand tells a command line from part of a sentence.
func isCommand(words []string) bool {
	command, _, err := newRoot(newConsole(nil, nil, nil)).Find(words[:1])
	return err == nil && command.HasParent()
}

func TestCommandsOfDocs(t *testing.T) {
	wanted := map[string]int{"README.md": 20, "unattended.md": 5, "crontab": 1, "importer.service": 1, "check-offices.yml": 1, "importer.yaml": 1}
	for name, text := range documents(t) {
		if name == "importer-task.xml" || name == "cronjob.yaml" {
			continue // TestTask and TestCronJob check these
		}
		n := 0
		for _, words := range commandLines(text) {
			if !isCommand(words) {
				continue
			}
			n++
			if err := understood(words); err != nil && len(words) > 1 { // a single word may be part of a sentence
				t.Errorf("%s: importer %s: %v", name, strings.Join(words, " "), err)
			}
		}
		if n < wanted[name] {
			t.Errorf("%s: %d command lines were found, want %d", name, n, wanted[name])
		}
	}
}

// TestCommandsOfDocs relies on understood to notice mistakes.
func TestUnderstood(t *testing.T) {
	for line, good := range map[string]bool{
		"run offices.xlsx --server production --yes": true, "check offices.csv": true, "explain a.csv 14 --server production": true,
		"run offices.xlsx --sever production": false, "check": false, "check a.csv --max-creates 20": false, "run a.csv --wait 30": false,
		"explain a.csv": false, "check a.csv b.csv": false, "rum a.csv": false,
	} {
		if err := understood(strings.Fields(line)); (err == nil) != good {
			t.Errorf("importer %s: %v", line, err)
		}
	}
}

// The program knows every flag and variable that the documents name.
func TestNamesOfDocs(t *testing.T) {
	flags, variables := knownNames()
	for name, text := range documents(t) {
		for _, v := range regexp.MustCompile(`\b(?:IMPORTER|DIALPAD)_[A-Z_]*[A-Z]\b`).FindAllString(text, -1) {
			if !slices.Contains(variables, v) {
				t.Errorf("%s: the program knows no variable %s", name, v)
			}
		}
		if path.Ext(name) != ".md" {
			continue
		}
		for _, f := range regexp.MustCompile("`--([a-z-]+)").FindAllStringSubmatch(text, -1) {
			if !slices.Contains(flags, f[1]) {
				t.Errorf("%s: the program knows no flag --%s", name, f[1])
			}
		}
	}
}

// knownNames returns the flags of all commands, and all environment variables.
func knownNames() (flags, variables []string) {
	variables = []string{keyVariable, keyFileVariable, "IMPORTER_STATE_DIR"}
	add := func(f *pflag.Flag) {
		flags, variables = append(flags, f.Name), append(variables, variableOf(f.Name))
	}
	root := newRoot(newConsole(nil, nil, nil))
	for _, c := range append([]*cobra.Command{root}, root.Commands()...) {
		c.PersistentFlags().VisitAll(add)
		c.Flags().VisitAll(add)
	}
	return append(flags, "help"), variables
}

// The program has every kind of error that the guide explains.
func TestKindsOfDocs(t *testing.T) {
	var program strings.Builder
	for _, pattern := range []string{"*.go", "../../internal/importer/*.go", "../../internal/submit/stop.go"} {
		paths, _ := filepath.Glob(pattern) // the pattern is not malformed
		for _, p := range paths {
			if !strings.HasSuffix(p, "_test.go") {
				program.WriteString(read(t, p))
			}
		}
	}
	rows := regexp.MustCompile("(?m)^\\| [23] \\| (`[^|]*`) \\|").FindAllStringSubmatch(read(t, docsFolder+"unattended.md"), -1)
	if len(rows) < 10 {
		t.Fatalf("%d kinds were found", len(rows))
	}
	for _, row := range rows {
		for _, kind := range strings.Split(row[1], ", ") {
			if !strings.Contains(program.String(), `"`+strings.Trim(kind, "`")+`"`) {
				t.Errorf("the program has no kind %s", kind)
			}
		}
	}
}

// The files that the guide and the README link to exist.
func TestLinksOfDocs(t *testing.T) {
	for folder, name := range map[string]string{"../../": "README.md", docsFolder: "unattended.md"} {
		for _, link := range regexp.MustCompile(`\]\(([^)#:]+)\)`).FindAllStringSubmatch(read(t, folder+name), -1) {
			if _, err := os.Stat(folder + link[1]); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
