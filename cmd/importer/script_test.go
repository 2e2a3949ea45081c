package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"officeimporter/internal/journal/lock"
)

// secret is the API key of all scripts. It may stand in no output and no file
// but those that a script names *.key.
const secret = "sk-4f1c9b-may-stand-nowhere"

func TestMain(m *testing.M) {
	// Scripts wait for servers and settle windows far more than they compute.
	if err := flag.Set("test.parallel", "12"); err != nil {
		panic(err)
	}
	testscript.Main(tests{m}, map[string]func(){"importer": main})
}

// builtVariable says where the program is that tests have built.
const builtVariable = "IMPORTER_TEST_BUILT"

// tests have a folder for the program that they build, and for locks that they
// take without saying where.
type tests struct{ *testing.M }

func (m tests) Run() int {
	dir, err := os.MkdirTemp("", "importer-built")
	if err == nil {
		err = errors.Join(os.Setenv(builtVariable, dir), os.Setenv(lock.StateVariable, filepath.Join(dir, "state")))
	}
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	return m.M.Run()
}

// shortScripts are those that -short runs, one or two for each of the commands
// that people use most: check, run and resume, rehearse, report, settle.
var shortScripts = []string{
	"testdata/script/check_good.txtar", "testdata/script/check_mistakes.txtar",
	"testdata/script/run_good.txtar", "testdata/script/first.txtar", // the second goes on where a run has ended
	"testdata/script/interrupt.txtar", // and this where one was interrupted
	"testdata/script/rehearse.txtar",
	"testdata/script/report_html.txtar",
	"testdata/script/settle.txtar",
}

// The stories of testdata/script: each runs the program as a user would,
// against a stand-in for the API in this process, whose books it then reads.
func TestScripts(t *testing.T) {
	dir, files := "testdata/script", []string(nil)
	if testing.Short() {
		dir, files = "", shortScripts
	}
	testscript.Run(t, testscript.Params{
		Dir:                 dir,
		Files:               files,
		Setup:               setUp,
		Condition:           condition,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("IMPORTER_UPDATE_SCRIPTS") != "", // takes what the program says now for what it should say
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":     exits,         // exits STATUS COMMAND...: runs it, and demands the exit status
			"server":    serve,         // server [OPTION...]: starts a stand-in; see serverOptions
			"truth":     truth,         // truth WHAT N: what the stand-in's books say
			"companies": companiesHave, // companies ID NAMES ...: which offices were created for which company, names with ", " between them
			"await":     await,         // await N: until the stand-in has met N POSTs
			"at":        at,            // at N interrupt|kill|hold|foreign|removal: what befalls the run at its Nth POST from now on
			"release":   release,       // release: the POST that is held goes on
			"offices":   offices,       // offices FILE N: writes a CSV of N good rows
			"branches":  officesOf,     // branches FILE ID N ...: the same with a column company_id, N rows of each
			"report":    reportHas,     // report FILE STATUS N: how many rows of a report have a status
			"same":      sameLines,     // same FILE1 FILE2: the same lines, in whatever order
			"port":      freePort,      // port: sets PORT to one that is free
			"small":     smallDisk,     // small DIR SIZE [ro|rw]: mounts a disk of that size; also makes it larger, or read-only
			"encode":    encode,        // encode utf16le|utf16be|bom|crlf FILE: as editors of Windows would
			"schema":    asSchemaSays,  // schema FILE: each line of a JSON lines report is as docs/report.schema.json says
			"webhook":   webhook,       // webhook FILE STATUS: a server at WEBHOOK that writes what it is told to the file
			"jsonlines": wantJSONLines, // jsonlines FILE: each line is a JSON object
			"jsonerror": wantJSONError, // jsonerror KIND: stdout is {"errors": [...]} with this kind first
		},
	})
}

// setUp gives a script its own state, and nothing of the tester's environment.
func setUp(env *testscript.Env) error {
	vars := env.Vars[:0]
	for _, v := range env.Vars {
		if !strings.HasPrefix(v, "DIALPAD_") && !strings.HasPrefix(v, settingPrefix) {
			vars = append(vars, v)
		}
	}
	samples, err := filepath.Abs("../../samples")
	env.Vars = append(vars, "IMPORTER_STATE_DIR="+filepath.Join(env.WorkDir, "state"), "DIALPAD_API_KEY="+secret, "SAMPLES="+samples, "NL=\n", "ESC=\x1b")
	env.Values[booksKey{}] = &books{}
	env.Defer(func() { wantNoSecret(env) })
	return err
}

// wantNoSecret looks for the key in all that a script has left behind.
func wantNoSecret(env *testscript.Env) {
	err := filepath.WalkDir(env.WorkDir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || strings.HasSuffix(path, ".key") {
			return err
		}
		text, err := os.ReadFile(path)
		if strings.Contains(string(text), secret) {
			env.T().Log("the API key stands in " + path)
			env.T().FailNow()
		}
		return err
	})
	if err != nil {
		env.T().Log(err)
		env.T().FailNow()
	}
}

func condition(name string) (bool, error) {
	switch name {
	case "root":
		return os.Geteuid() == 0, nil
	case "disk":
		return mustBeThere("the right to mount a small disk", canMount())
	case "promtool":
		return programThere("promtool")
	}
	return false, fmt.Errorf("there is no condition %q", name)
}

// canMount tries it: root in a container often may not.
func canMount() bool {
	dir, err := os.MkdirTemp("", "disk")
	if err != nil {
		return false
	}
	defer os.Remove(dir)
	if exec.Command("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", dir).Run() != nil {
		return false
	}
	return exec.Command("umount", dir).Run() == nil
}
