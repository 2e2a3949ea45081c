package main

import (
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
)

func example(t *testing.T, name string) string {
	t.Helper()
	return read(t, docsFolder+"examples/"+name)
}

// grace returns how long an interrupted run still waits for answers.
func grace(t *testing.T) time.Duration {
	t.Helper()
	d, err := newRun(newConsole(nil, nil, nil)).Flags().GetDuration("grace")
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A crontab has settings, and jobs of five fields and a command. A percent sign
// would end the command.
func TestCrontab(t *testing.T) {
	jobs := 0
	for line := range strings.Lines(example(t, "crontab")) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") || regexp.MustCompile(`^[A-Z_]+=\S*$`).MatchString(line) {
			continue
		}
		jobs++
		if !regexp.MustCompile(`^([0-9*,/-]+ ){5}cd /\S+ && /\S+/importer run [^%]+$`).MatchString(line) {
			t.Errorf("not five fields and a command: %s", line)
		}
	}
	if jobs != 1 {
		t.Errorf("%d jobs, want 1", jobs)
	}
}

// systemd accepts the units, and gives a run the time to end.
func TestUnits(t *testing.T) {
	service := example(t, "importer.service")
	stop := regexp.MustCompile(`(?m)^TimeoutStopSec=(\d+)$`).FindStringSubmatch(service)
	if stop == nil {
		t.Fatal("no TimeoutStopSec")
	}
	if d, err := time.ParseDuration(stop[1] + "s"); err != nil || d < 2*grace(t) {
		t.Errorf("TimeoutStopSec is %s, --grace %s", d, grace(t))
	}
	if testing.Short() {
		t.Skip("builds the program, and starts systemd-analyze")
	}
	needProgram(t, "systemd-analyze")
	dir := t.TempDir()
	write(t, filepath.Join(dir, "importer.service"), strings.ReplaceAll(service, "/usr/local/bin/importer", buildProgram(t)))
	write(t, filepath.Join(dir, "importer.timer"), example(t, "importer.timer"))
	verify := exec.CommandContext(t.Context(), "systemd-analyze", "verify", "--man=no", "importer.service", "importer.timer")
	verify.Dir = dir
	verify.Env = append(os.Environ(), "SYSTEMD_UNIT_PATH="+dir+":")
	if out, err := verify.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("systemd-analyze verify: %v\n%s", err, out)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// The example of a config file has only flags that run takes.
func TestConfigExample(t *testing.T) {
	c := config{path: "importer.yaml"}
	root := newRoot(newConsole(nil, nil, nil))
	if err := c.parse([]byte(example(t, "importer.yaml")), flagNames(root)); err != nil {
		t.Fatal(err)
	}
	run, _, err := root.Find([]string{"run"})
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range c.values {
		for _, v := range values {
			if err := run.Flags().Set(name, v); err != nil && root.PersistentFlags().Set(name, v) != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// The workflow has only the right to read, no key, and no network.
func TestWorkflow(t *testing.T) {
	text := example(t, "check-offices.yml")
	var w struct {
		On          map[string]any
		Permissions map[string]string
		Jobs        map[string]struct {
			Steps []struct{ Uses, Run string }
		}
	}
	if err := yaml.Unmarshal([]byte(text), &w); err != nil {
		t.Fatal(err)
	}
	if len(w.Permissions) != 1 || w.Permissions["contents"] != "read" || len(w.On) != 1 || w.On["pull_request"] == nil {
		t.Errorf("permissions %v, on %v", w.Permissions, w.On)
	}
	if regexp.MustCompile(`secrets|DIALPAD_`).MatchString(text) {
		t.Error("a check needs no secret")
	}
	for _, step := range w.Jobs["check"].Steps {
		if step.Uses != "" && !regexp.MustCompile(`@v\d+$`).MatchString(step.Uses) {
			t.Errorf("uses %s: no version", step.Uses)
		}
		if step.Run != "" && !strings.Contains(step.Run, "--network none") {
			t.Errorf("run %s: may reach the network", step.Run)
		}
	}
}

// The image has only the program, does not run as root, and names versions.
func TestDockerfile(t *testing.T) {
	text := example(t, "Dockerfile")
	toolchain := regexp.MustCompile(`go1\.\d+\.\d+`).FindString(read(t, "../../packaging/dist.sh"))
	if !strings.Contains(text, "FROM golang:"+strings.TrimPrefix(toolchain, "go")+"-") {
		t.Errorf("it is not built by %s, as make dist does", toolchain)
	}
	last := text[strings.LastIndex(text, "\nFROM "):]
	for _, from := range regexp.MustCompile(`(?m)^FROM (\S+)`).FindAllStringSubmatch(text, -1) {
		if !regexp.MustCompile(`:[^:]+$|@sha256:`).MatchString(from[1]) || strings.HasSuffix(from[1], ":latest") {
			t.Errorf("FROM %s names no version", from[1])
		}
	}
	for what, want := range map[string]string{"user": `(?m)^USER [1-9]\d*:[1-9]\d*$`, "entrypoint, in its exec form": `(?m)^ENTRYPOINT \["/usr/local/bin/importer"\]$`,
		"base": `^\nFROM gcr\.io/distroless/static-\S+:nonroot`} {
		if !regexp.MustCompile(want).MatchString(last) {
			t.Errorf("the image has no %s", what)
		}
	}
	if regexp.MustCompile(`(?mi)^(ADD|ARG|ENV) .*(KEY|TOKEN|SECRET|http)|^ADD |^(COPY|RUN) .*\.key`).MatchString(text) {
		t.Error("a secret, or what was fetched unseen, would be in the image")
	}
	if copied := regexp.MustCompile(`(?m)^COPY .*`).FindAllString(last, -1); !slices.Equal(copied, []string{"COPY --from=build /importer /usr/local/bin/importer"}) {
		t.Errorf("the image gets %q", copied)
	}
}

// task has the parts of a Windows scheduled task that the test checks.
type task struct {
	XMLName  xml.Name `xml:"http://schemas.microsoft.com/windows/2004/02/mit/task Task"`
	Start    string   `xml:"Triggers>CalendarTrigger>StartBoundary"`
	Policy   string   `xml:"Settings>MultipleInstancesPolicy"`
	Level    string   `xml:"Principals>Principal>RunLevel"`
	Command  string   `xml:"Actions>Exec>Command"`
	Argument string   `xml:"Actions>Exec>Arguments"`
	Folder   string   `xml:"Actions>Exec>WorkingDirectory"`
}

func TestTask(t *testing.T) {
	var have task
	d := xml.NewDecoder(strings.NewReader(strings.TrimSpace(example(t, "importer-task.xml"))))
	if err := d.Decode(&have); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Token(); err != io.EOF {
		t.Errorf("behind the task: %v", err)
	}
	if _, err := time.Parse("2006-01-02T15:04:05", have.Start); err != nil {
		t.Error(err)
	}
	if have.Policy != "IgnoreNew" || have.Level != "LeastPrivilege" || !strings.HasSuffix(have.Command, `\importer.exe`) || !strings.HasPrefix(have.Command, have.Folder) {
		t.Errorf("the task is %+v", have)
	}
	if err := understood(strings.Fields(have.Argument)); err != nil {
		t.Error(err)
	}
}
