package book

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"officeimporter/internal/report/reporttest"
)

// openInOffice converts files the way a person would who opens them in LibreOffice and saves them. It returns the
// folder with the converted files.
func openInOffice(t *testing.T, format string, paths ...string) string {
	t.Helper()
	program, err := exec.LookPath("soffice")
	if err != nil && os.Getenv(reporttest.AllVariable) != "" {
		t.Fatalf("this test needs LibreOffice (soffice), and %s is set", reporttest.AllVariable)
	}
	if err != nil {
		t.Skip("this test needs LibreOffice (soffice)")
	}
	folder := t.TempDir()
	args := []string{"--headless", "-env:UserInstallation=file://" + filepath.Join(folder, "profile"), "--convert-to", format, "--outdir", folder}
	command := exec.CommandContext(t.Context(), program, append(args, paths...)...)
	command.Env = append(os.Environ(), "HOME="+folder, "XDG_CACHE_HOME="+folder, "XDG_CONFIG_HOME="+folder) // it writes nothing into the user's home
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return folder
}
