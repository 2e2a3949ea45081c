package main

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
)

// testAll is the environment variable that makes tests fail instead of skip if the
// machine lacks something.
const testAll = "IMPORTER_TEST_ALL"

// mustBeThere returns whether something that a test needs is there. If all tests must
// run, a missing thing is an error.
func mustBeThere(what string, there bool) (bool, error) {
	if !there && os.Getenv(testAll) != "" {
		return false, fmt.Errorf("this test needs %s, and %s is set", what, testAll)
	}
	return there, nil
}

// programThere returns whether a program that a test needs is installed.
func programThere(name string) (bool, error) {
	_, err := exec.LookPath(name)
	return mustBeThere("the program "+name, err == nil)
}

// needProgram skips a test that needs a program which isn't installed.
func needProgram(t *testing.T, name string) {
	t.Helper()
	there, err := programThere(name)
	if err != nil {
		t.Fatal(err)
	}
	if !there {
		t.Skipf("%s is not installed", name)
	}
}

// needFile skips a test that needs a file of the system which isn't there.
func needFile(t *testing.T, path string) {
	t.Helper()
	_, err := os.Stat(path)
	there, failed := mustBeThere("the file "+path, err == nil)
	if failed != nil {
		t.Fatal(failed)
	}
	if !there {
		t.Skipf("%s is not there", path)
	}
}
