package report

import (
	"os"
	"os/exec"
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
