package simulator

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// as makes a call for a company.
func (c caller) as(company, method, body string) answer {
	c.t.Helper()
	return c.do(c.t.Context(), method, "/api/v2/offices", body, "DP-Company-ID", company)
}

func (c caller) namesOf(company string) (names []string) {
	c.t.Helper()
	for _, o := range decodePage(c.t, c.as(company, "GET", "")).Items {
		names = append(names, o.Name)
	}
	return names
}

func TestEachCompanyHasItsOffices(t *testing.T) {
	s, c := listen(t, Config{Companies: []string{"1", "2"}, Offices: []Office{{Name: "Köln", Country: "de", Company: "2"}}})
	body := minimal("Bonn", "DE").json()
	for _, company := range []string{"1", "2"} {
		if a := c.as(company, "POST", body); a.status != 200 {
			t.Fatalf("company %s: %d %s", company, a.status, a.body)
		}
	}
	added := s.Add(Office{Name: "Rome", Country: "it", Company: "1"})
	if diff := cmp.Diff([]string{"Headquarters", "Bonn", "Rome"}, c.namesOf("1")); diff != "" {
		t.Errorf("company 1 (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Headquarters", "Köln", "Bonn"}, c.namesOf("2")); diff != "" {
		t.Errorf("company 2 (-want +got):\n%s", diff)
	}
	if a := c.as("3", "GET", ""); a.status != 403 {
		t.Errorf("a company that the key doesn't see: %d", a.status)
	}
	if !s.Rename(added, "Roma") || c.namesOf("1")[2] != "Roma" || !s.Remove(added) {
		t.Error("an office of company 1 was not found by its id")
	}
	truth := s.Truth()
	if v := truth.Verdict(); v.Once != 2 || len(v.More) != 0 {
		t.Errorf("one body for two companies is two offices: %+v", v)
	}
	if a, b := truth.Created[0], truth.Created[1]; a.Company != "1" || b.Company != "2" || a.ID == b.ID {
		t.Errorf("created %+v, %+v", a, b)
	}
	c.as("1", "POST", body)
	if v := s.Truth().Verdict(); v.Once != 1 || len(v.More) != 1 || v.More[0].Company != "1" {
		t.Errorf("one body twice for one company: %+v", v)
	}
}

func TestEachCompanyHasItsLimit(t *testing.T) {
	s, c := listen(t, Config{Limits: Limits{PerWindow: 2, Window: time.Hour}})
	for _, company := range []string{"1", "2"} {
		for _, want := range []int{200, 200, 429} {
			if a := c.as(company, "GET", ""); a.status != want {
				t.Errorf("company %s: status %d, want %d", company, a.status, want)
			}
		}
	}
	if truth := s.Truth(); truth.Busiest(time.Hour) != 3 || len(truth.Arrivals) != 6 {
		t.Errorf("busiest %d of %d", truth.Busiest(time.Hour), len(truth.Arrivals))
	}
}
