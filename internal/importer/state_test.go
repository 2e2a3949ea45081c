package importer

import (
	"os"
	"path/filepath"
	"testing"

	"officeimporter/internal/journal/lock"
)

// TestMain gives tests that don't say where their locks are a folder for them.
func TestMain(m *testing.M) { os.Exit(runTests(m)) }

func runTests(m *testing.M) int {
	dir, err := os.MkdirTemp("", "importer-state")
	if err == nil {
		err = os.Setenv(lock.StateVariable, dir)
	}
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	return m.Run()
}

// No test takes a lock, or keeps anything else, in the folder of whoever runs
// the tests.
func TestStateIsNotTheUsers(t *testing.T) {
	ours, err := lock.StateDir()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(lock.StateVariable, "")
	users, err := lock.StateDir()
	if err != nil {
		t.Skip("the user has none")
	}
	if inside, err := filepath.Rel(users, ours); err == nil && filepath.IsLocal(inside) {
		t.Errorf("tests keep their state in %s, which is the user's", ours)
	}
}
