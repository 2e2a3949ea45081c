package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"unicode/utf16"

	"golang.org/x/term"

	"officeimporter/internal/importer"
	"officeimporter/internal/submit/api"
)

const (
	keyVariable     = "DIALPAD_API_KEY"
	keyFileVariable = "DIALPAD_API_KEY_FILE"
)

// apiKey finds the key: in the environment, in the file that the environment
// names, or by asking on a terminal without echo. There is no flag for it: it
// would stand in the process list and the shell's history.
func apiKey(c console, s importer.Server) (api.Secret, error) {
	if key := cleanKey(os.Getenv(keyVariable)); key != "" {
		return checkKey(key, keyVariable)
	}
	if path := os.Getenv(keyFileVariable); path != "" {
		return keyFromFile(c.say, path)
	}
	if s.Label == "simulator" {
		return api.NewSecret("simulator"), nil // any key does there
	}
	return askKey(c, s)
}

// othersRead is the permission of anybody to read a file. That of its group is
// no fault: service managers hand secrets to a group.
const othersRead = 0o004

func keyFromFile(say *logger, path string) (api.Secret, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return api.Secret{}, fail("no_key", "", "%s: %w", keyFileVariable, err)
	}
	if info, err := os.Stat(path); err == nil && info.Mode().Perm()&othersRead != 0 && os.PathSeparator == '/' {
		say.Warn(path+" can be read by others", hintKey, "chmod 600 "+path)
	}
	return checkKey(cleanKey(decodeUTF16(data)), path)
}

// decodeUTF16 forgives what Windows editors make of a text file.
func decodeUTF16(data []byte) string {
	little, big := bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff"))
	if !little && !big {
		return string(data)
	}
	units := make([]uint16, 0, len(data)/2)
	for i := 2; i+1 < len(data); i += 2 {
		low, high := data[i], data[i+1]
		if big {
			low, high = high, low
		}
		units = append(units, uint16(low)|uint16(high)<<8)
	}
	return string(utf16.Decode(units))
}

func cleanKey(text string) string { return strings.TrimSpace(strings.TrimPrefix(text, "\ufeff")) }

// checkKey refuses what can't be a key, without showing it.
func checkKey(key, from string) (api.Secret, error) {
	for _, r := range key {
		if r <= ' ' || r > '~' {
			return api.Secret{}, fail("no_key", "", "%s holds characters that no API key has", from)
		}
	}
	if key == "" {
		return api.Secret{}, fail("no_key", "", "%s is empty", from)
	}
	return api.NewSecret(key), nil
}

func askKey(c console, s importer.Server) (api.Secret, error) {
	terminal, ok := terminalOf(c.in)
	if !ok {
		return api.Secret{}, fail("no_key", "export "+keyVariable+"=... or "+keyFileVariable+"=/path/to/file", "no API key for %s", s.Label)
	}
	fmt.Fprintf(c.err, "API key for %s (not shown): ", s.Label)
	typed, err := term.ReadPassword(terminal)
	fmt.Fprintln(c.err)
	if err != nil {
		return api.Secret{}, fail("no_key", "", "no API key: %w", err)
	}
	return checkKey(cleanKey(string(typed)), "the key")
}

// terminalOf is the file descriptor of a terminal; false where it is none.
func terminalOf(stream any) (int, bool) {
	f, ok := stream.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0, false
	}
	return int(f.Fd()), true
}
