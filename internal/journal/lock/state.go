package lock

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
)

// StateVariable is the environment variable that says where the locks are.
const StateVariable = "IMPORTER_STATE_DIR"

const stateName = "officeimporter"

// StateDir returns the folder of the user's locks, which may not exist yet: $IMPORTER_STATE_DIR, or what the system
// has for state that belongs to a user and a host (XDG state home, %LocalAppData%, Library/Application Support). It
// returns an error if none of them is known.
func StateDir() (string, error) {
	if dir := os.Getenv(StateVariable); dir != "" {
		return filepath.Abs(dir)
	}
	base, err := stateBase()
	if err != nil {
		return "", errors.Join(err, errors.New("set "+StateVariable+" to a folder that all runs on this host share"))
	}
	return filepath.Join(base, stateName), nil
}

func stateBase() (string, error) {
	switch runtime.GOOS {
	case "windows":
		return os.UserCacheDir() // %LocalAppData%, which doesn't roam to other hosts
	case "darwin", "ios":
		return os.UserConfigDir() // ~/Library/Application Support
	}
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return dir, nil
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, ".local", "state"), err
}
