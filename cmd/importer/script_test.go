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

// secret is the API key of all scripts. It must not appear in any output, nor in any
// file that is not called *.key.
const secret = "sk-4f1c9b-may-stand-nowhere"

func TestMain(m *testing.M) {
	// Scripts mostly wait for servers and settle windows, so many can run at once.
	if err := flag.Set("test.parallel", "12"); err != nil {
		panic(err)
	}
	testscript.Main(tests{m}, map[string]func(){"importer": main})
}

// builtVariable is the environment variable for the folder of the built program.
const builtVariable = "IMPORTER_TEST_BUILT"

// tests have a folder for the program that they build, and one for locks that they take without saying where.
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

// Each script in testdata/script runs the program as a user would, against a
// simulator in this process, and then checks the simulator's records.
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
		UpdateScripts:       os.Getenv("IMPORTER_UPDATE_SCRIPTS") != "", // rewrites the expected output
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":     exits,         // exits STATUS COMMAND...: runs it, and checks the exit status
			"server":    serve,         // server [OPTION...]: starts a simulator; see serve
			"truth":     truth,         // truth WHAT N: a number in the simulator's records
			"companies": companiesHave, // companies ID NAMES ...: which offices were created for which company, names with ", " between them
			"await":     await,         // await N: until N POSTs have arrived
			"at":        at,            // at N interrupt|kill|hold|foreign|removal: what happens at the Nth POST from now on
			"release":   release,       // release: the held POST goes on
			"offices":   offices,       // offices FILE N: writes a CSV of N valid rows
			"branches":  officesOf,     // branches FILE ID N ...: the same with a column company_id, N rows of each
			"report":    reportHas,     // report FILE STATUS N: how many rows of a report have a status
			"same":      sameLines,     // same FILE1 FILE2: the same lines, in any order
			"port":      freePort,      // port: sets PORT to one that is free
			"small":     smallDisk,     // small DIR SIZE [ro|rw]: mounts a disk of that size; also changes its size, or makes it read-only
			"encode":    encode,        // encode utf16le|utf16be|bom|crlf FILE: as a Windows editor would
			"schema":    asSchemaSays,  // schema FILE: each line of a JSON lines report matches docs/report.schema.json
			"webhook":   webhook,       // webhook FILE STATUS: a server at WEBHOOK that writes each request body to the file
			"jsonlines": wantJSONLines, // jsonlines FILE: each line is a JSON object
			"jsonerror": wantJSONError, // jsonerror KIND: stdout is {"errors": [...]} with this kind first
		},
	})
}

// setUp gives a script its own state folder, and none of the tester's settings.
func setUp(env *testscript.Env) error {
	vars := env.Vars[:0]
	for _, v := range env.Vars {
		if !strings.HasPrefix(v, "DIALPAD_") && !strings.HasPrefix(v, settingPrefix) {
			vars = append(vars, v)
		}
	}
	samples, err := filepath.Abs("../../samples")
	env.Vars = append(vars, "IMPORTER_STATE_DIR="+filepath.Join(env.WorkDir, "state"), "DIALPAD_API_KEY="+secret, "SAMPLES="+samples, "NL=\n", "ESC=\x1b")
	env.Values[serverKey{}] = &scriptServer{}
	env.Defer(func() { wantNoSecret(env) })
	return err
}

// wantNoSecret looks for the key in all files of a script.
func wantNoSecret(env *testscript.Env) {
	err := filepath.WalkDir(env.WorkDir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || strings.HasSuffix(path, ".key") {
			return err
		}
		text, err := os.ReadFile(path)
		if strings.Contains(string(text), secret) {
			env.T().Log("the API key is in " + path)
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

// canMount tries it, as root in a container often may not.
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
