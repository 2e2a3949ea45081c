package report

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// testAll is the variable that makes tests fail which otherwise skip, as the
// machine lacks something: where everything must be shown, nothing is skipped.
const testAll = "IMPORTER_TEST_ALL"

// findBrowser is where Chromium is; the test skips where it isn't.
func findBrowser(t testing.TB) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv(testAll) != "" {
		t.Fatalf("this test needs Chromium, and %s is set", testAll)
	}
	t.Skip("there is no Chromium to show the page to")
	return ""
}

// office converts files as a person would who opens them in LibreOffice and
// saves them; it returns the folder with the files of that format.
func openInOffice(t *testing.T, format string, paths ...string) string {
	t.Helper()
	program, err := exec.LookPath("soffice")
	if err != nil && os.Getenv(testAll) != "" {
		t.Fatalf("this test needs LibreOffice (soffice), and %s is set", testAll)
	}
	if err != nil {
		t.Skip("this test needs LibreOffice (soffice)")
	}
	folder := t.TempDir()
	args := []string{"--headless", "-env:UserInstallation=file://" + filepath.Join(folder, "profile"), "--convert-to", format, "--outdir", folder}
	if out, err := exec.CommandContext(t.Context(), program, append(args, paths...)...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return folder
}
