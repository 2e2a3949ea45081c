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

// apiKey takes the key from the environment, from the file that the environment names, or from a prompt without echo.
// There is no flag for it, because a flag would show up in the process list and the shell's history.
func apiKey(c console, s importer.Server) (api.Secret, error) {
	if key := cleanKey(os.Getenv(keyVariable)); key != "" {
		return checkKey(key, keyVariable)
	}
	if path := os.Getenv(keyFileVariable); path != "" {
		return keyFromFile(c.log, path)
	}
	if s.Label == "simulator" {
		return api.NewSecret("simulator"), nil // it accepts any key
	}
	return askKey(c, s)
}

// othersRead is the permission for everybody to read a file. Group permissions are fine: service managers hand
// secrets to a group.
const othersRead = 0o004

func keyFromFile(log *logger, path string) (api.Secret, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return api.Secret{}, fail("no_key", "", "%s: %w", keyFileVariable, err)
	}
	if info, err := os.Stat(path); err == nil && info.Mode().Perm()&othersRead != 0 && os.PathSeparator == '/' {
		log.Warn(path+" can be read by others", hintKey, "chmod 600 "+path)
	}
	return checkKey(cleanKey(decodeUTF16(data)), path)
}

// decodeUTF16 returns the text of a file that a Windows editor may have saved as UTF-16.
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

// checkKey refuses a text that can't be a key, and doesn't show it.
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

// terminalOf returns the file descriptor of a terminal, and false if the stream is not one.
func terminalOf(stream any) (int, bool) {
	f, ok := stream.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0, false
	}
	return int(f.Fd()), true
}
