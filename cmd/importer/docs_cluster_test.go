package main

import (
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
)

// cronJob has the fields of a Kubernetes CronJob that the tests check.
type cronJob struct {
	Kind string
	Spec struct {
		Schedule          string
		ConcurrencyPolicy string `yaml:"concurrencyPolicy"`
		JobTemplate       struct {
			Spec struct {
				PodFailurePolicy struct {
					Rules []struct {
						Action      string
						OnExitCodes struct {
							ContainerName string `yaml:"containerName"`
							Operator      string
							Values        []int
						} `yaml:"onExitCodes"`
					}
				} `yaml:"podFailurePolicy"`
				Template struct{ Spec pod }
			}
		} `yaml:"jobTemplate"`
	}
}

type pod struct {
	RestartPolicy   string `yaml:"restartPolicy"`
	Grace           int    `yaml:"terminationGracePeriodSeconds"`
	SecurityContext struct {
		RunAsNonRoot bool `yaml:"runAsNonRoot"`
		FSGroup      int  `yaml:"fsGroup"`
	} `yaml:"securityContext"`
	Containers []struct {
		Name         string
		Args         []string
		Env          []struct{ Name, Value string }
		VolumeMounts []struct {
			Name      string
			MountPath string `yaml:"mountPath"`
		} `yaml:"volumeMounts"`
	}
	Volumes []map[string]any
}

// manifests returns the documents of the example, by kind.
func manifests(t *testing.T) map[string]cronJob {
	t.Helper()
	all := map[string]cronJob{}
	d := yaml.NewDecoder(strings.NewReader(example(t, "cronjob.yaml")))
	for {
		var m cronJob
		err := d.Decode(&m)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all[m.Kind] = m
	}
}

func TestCronJob(t *testing.T) {
	all := manifests(t)
	if _, there := all["PersistentVolumeClaim"]; !there {
		t.Error("no volume is claimed")
	}
	spec := all["CronJob"].Spec
	if len(strings.Fields(spec.Schedule)) != 5 || spec.ConcurrencyPolicy != "Forbid" {
		t.Errorf("schedule %q, concurrencyPolicy %q", spec.Schedule, spec.ConcurrencyPolicy)
	}
	pod := spec.JobTemplate.Spec.Template.Spec
	if pod.RestartPolicy != "Never" || !pod.SecurityContext.RunAsNonRoot || pod.SecurityContext.FSGroup == 0 || len(pod.Containers) != 1 {
		t.Fatalf("the pod is %+v", pod)
	}
	if d := time.Duration(pod.Grace) * time.Second; d < 2*grace(t) {
		t.Errorf("terminationGracePeriodSeconds is %s, --grace %s", d, grace(t))
	}
	if err := understood(pod.Containers[0].Args); err != nil {
		t.Error(err)
	}
	rules := spec.JobTemplate.Spec.PodFailurePolicy.Rules
	if len(rules) != 1 || rules[0].Action != "FailJob" || rules[0].OnExitCodes.ContainerName != pod.Containers[0].Name ||
		!slices.Equal(rules[0].OnExitCodes.Values, []int{exitPerson, exitNothing}) {
		t.Errorf("podFailurePolicy: %+v", rules)
	}
}

// The input, its journal and the locks are on the volume; the key's file comes from
// the Secret.
func TestCronJobKeeps(t *testing.T) {
	pod := manifests(t)["CronJob"].Spec.JobTemplate.Spec.Template.Spec
	container, sources := pod.Containers[0], map[string]string{}
	for _, v := range pod.Volumes {
		for source := range v {
			if source != "name" {
				sources[v["name"].(string)] = source
			}
		}
	}
	under := func(file string) string {
		for _, m := range container.VolumeMounts {
			if strings.HasPrefix(file, m.MountPath+"/") {
				return sources[m.Name]
			}
		}
		return "the image"
	}
	want := map[string]string{container.Args[1]: "persistentVolumeClaim"}
	for _, v := range container.Env {
		want[v.Value] = map[string]string{"IMPORTER_STATE_DIR": "persistentVolumeClaim", keyFileVariable: "secret"}[v.Name]
	}
	if len(want) != 3 {
		t.Fatalf("files %v", want)
	}
	for file, source := range want {
		if have := under(file); !path.IsAbs(file) || have != source {
			t.Errorf("%s is on %s, want %s", file, have, source)
		}
	}
}
