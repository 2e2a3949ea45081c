package main

import (
	"path/filepath"
	"testing"

	"officeimporter/internal/journal/lock"
)

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
