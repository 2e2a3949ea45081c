package main

import (
	"fmt"
	"os"
)

// testAll is the variable that makes tests fail which otherwise skip, as the
// machine lacks something: where everything must be shown, nothing is skipped.
const testAll = "IMPORTER_TEST_ALL"

// mustBeThere tells whether something that a test needs is there. It is an
// error that it isn't where all tests must run.
func mustBeThere(what string, there bool) (bool, error) {
	if !there && os.Getenv(testAll) != "" {
		return false, fmt.Errorf("this test needs %s, and %s is set", what, testAll)
	}
	return there, nil
}
