package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// offered returns the completions, without descriptions, and the directive: a
// number that tells the shell how to use them.
func offered(t *testing.T, words ...string) []string {
	t.Helper()
	var out bytes.Buffer
	if status := run(append([]string{"__completeNoDesc"}, words...), newConsole(nil, &out, &bytes.Buffer{})); status != exitDone {
		t.Fatalf("exit status %d", status)
	}
	return strings.Fields(out.String())
}

func TestCompletion(t *testing.T) {
	const noFiles, byEnding, folders = ":4", ":8", ":16"
	input := append(slices.Clone(inputEndings), byEnding)
	for line, want := range map[string][]string{
		"run --se":                  {"--server", "--settle", noFiles},
		"run --sh":                  {"--sheet", noFiles},
		"run a.csv --server ":       {"production", "sandbox", "simulator", noFiles},
		"run ":                      input,
		"run a.csv ":                {noFiles},
		"check --report ":           {"csv", "html", "jsonl", "xlsx", byEnding},
		"explain ":                  input,
		"explain a.csv ":            {noFiles},
		"diff old.csv ":             append([]string{"jsonl"}, input...),
		"run a.csv --metrics ":      {"prom", byEnding},
		"run a.csv --config ":       {"yaml", "yml", byEnding},
		"run a.csv --log ":          {"json", "text", noFiles},
		"rehearse a.csv --mapping ": {"yaml", "yml", byEnding},
		"man ":                      {folders},
		"version ":                  {noFiles},
		"ch":                        {"check", noFiles},
	} {
		if have := offered(t, strings.Split(line, " ")...); !slices.Equal(have, want) {
			t.Errorf("importer %s: %q are offered, want %q", line, have, want)
		}
	}
}

// Every flag with endings or choices is a flag of some command.
func TestCompletedFlags(t *testing.T) {
	flags, _ := knownNames()
	for name := range flagEndings {
		if !slices.Contains(flags, name) {
			t.Errorf("there is no flag --%s", name)
		}
	}
	for name := range flagChoices {
		if !slices.Contains(flags, name) {
			t.Errorf("there is no flag --%s", name)
		}
	}
}

// bashCompletion is bash's own completion library, which the scripts need.
const bashCompletion = "/usr/share/bash-completion/bash_completion"

// shells are the shells that load the scripts: how to check a script, and how to
// ask what they would offer after "importer run --se".
var shells = map[string]struct{ check, ask, want string }{
	"bash": {"-n", `source ` + bashCompletion + `; source "$0"; COMP_WORDS=(importer run --se); COMP_CWORD=2; COMP_LINE="importer run --se"; COMP_POINT=17; COMP_TYPE=9
		__start_importer; printf '%s\n' "${COMPREPLY[@]}"`, "--server"},
	"zsh":  {"-n", `autoload -Uz compinit; compinit -u -D; source "$0"; print -r -- ${_comps[importer]}`, "_importer"},
	"fish": {"-n", `source $argv[1]; complete -C 'importer run --se'`, "--server"},
}

// Real shells load the scripts and offer the right words. PowerShell is not tested,
// as Debian has none.
func TestShells(t *testing.T) {
	if testing.Short() {
		t.Skip("starts shells")
	}
	for name, shell := range shells {
		t.Run(name, func(t *testing.T) {
			needProgram(t, name)
			if name == "bash" {
				needFile(t, bashCompletion)
			}
			dir, program := t.TempDir(), buildProgram(t)
			script, err := exec.CommandContext(t.Context(), program, "completion", name).Output()
			if err == nil {
				err = os.Symlink(program, filepath.Join(dir, "importer"))
			}
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, "completion")
			write(t, path, string(script))
			if out := shelled(t, dir, name, shell.check, path); out != "" {
				t.Errorf("it is not understood: %s", out)
			}
			if out := shelled(t, dir, name, "-c", shell.ask, path); !strings.Contains(out, shell.want) {
				t.Errorf("%q is offered, want %s", out, shell.want)
			}
		})
	}
}

// shelled returns what a shell prints. It finds programs in the folder first.
func shelled(t *testing.T, folder, shell string, args ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), shell, args...)
	command.Env = append(os.Environ(), "PATH="+folder+":"+os.Getenv("PATH"), "HOME="+folder, "XDG_CONFIG_HOME="+folder, "XDG_DATA_HOME="+folder, "XDG_CACHE_HOME="+folder)
	out, err := command.CombinedOutput()
	if err != nil {
		t.Errorf("%s: %v", shell, err)
	}
	return string(out)
}

// mandoc finds nothing wrong with any man page.
func TestManPages(t *testing.T) {
	dir, root := t.TempDir(), newRoot(newConsole(nil, nil, nil))
	root.InitDefaultCompletionCmd()
	if err := writeMan(root, dir, build{Version: "v1.0.0", Date: "2026-01-02T03:04:05Z"}); err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob(filepath.Join(dir, "*.1"))
	if err != nil || len(pages) < 12 {
		t.Fatalf("%d pages (%v)", len(pages), err)
	}
	needProgram(t, "mandoc")
	out, err := exec.CommandContext(t.Context(), "mandoc", append([]string{"-Tlint", "-Wwarning"}, pages...)...).CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Errorf("mandoc: %v\n%s", err, out)
	}
}
