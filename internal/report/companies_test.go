package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"officeimporter/internal/office"
)

func ofCompanies(verb string) *Summary {
	s := &Summary{Verb: verb, File: "offices.csv", Unit: "line"}
	s.ByCompany([]string{"2", "1", "3"})
	for i, company := range []string{"1", "2", "1", ""} {
		r := office.Result{Request: office.Request{Row: i + 2, Company: company}, Outcome: office.Created}
		if company == "" {
			r.Outcome = office.Invalid
			r.Request.Problems = []office.Problem{{Field: "company_id", Kind: "missing_company", Message: "names no company"}}
		}
		s.Add(r)
		s.Read++
	}
	s.Companies[0].Journal, s.Companies[1].New, s.Companies[2].Stopped = "two.journal", 2, "denied"
	return s
}

func TestSummaryOfCompanies(t *testing.T) {
	var text, lines bytes.Buffer
	s := ofCompanies("run")
	if err := s.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	if want := "\ncompanies\n  2: 1 created; journal two.journal\n  1: 2 created\n  3: no rows; stopped: denied\n"; !strings.Contains(text.String(), want) {
		t.Errorf("got %s\nwant in it %s", &text, want)
	}
	if err := s.WriteJSON(&lines); err != nil {
		t.Fatal(err)
	}
	var got struct{ Companies []companyJSON }
	if err := json.Unmarshal(lines.Bytes(), &got); err != nil || len(got.Companies) != 3 {
		t.Fatalf("%v: %s", err, &lines)
	}
	if c := got.Companies[1]; c.Company != "1" || c.Read != 2 || c.Counts["created"] != 2 || c.Counts["unknown"] != 0 || len(c.Counts) != len(office.Outcomes()) || c.New != 2 {
		t.Errorf("got %+v", c)
	}
	if err := s.Check(); err != nil || s.Count(office.Invalid) != 1 {
		t.Errorf("a row of no company counts in all: %v", err)
	}
}

func TestSummaryOfManyCompanies(t *testing.T) {
	var companies []string
	for i := range mostCompanies + 2 {
		companies = append(companies, fmt.Sprint(i))
	}
	s := &Summary{}
	s.ByCompany(companies)
	lines := s.CompanyLines()
	if len(lines) != mostCompanies+1 || lines[mostCompanies] != "and 2 more" {
		t.Errorf("%d lines, the last %q", len(lines), lines[len(lines)-1])
	}
	var out bytes.Buffer
	if err := s.WriteJSON(&out); err != nil || strings.Count(out.String(), `"company":`) != mostCompanies+2 {
		t.Errorf("the JSON has not all: %v, %s", err, &out)
	}
	if new(Summary).CompanyLines() != nil {
		t.Error("a file of one company tells of several")
	}
}
