package samples

import "testing"

// The file has offices of three companies, two of which have an office of the same name.
func TestCompanies(t *testing.T) {
	plan := bind(t, "companies.csv", "")
	names := map[string]string{}
	for r, err := range plan.Requests() {
		if err != nil {
			t.Fatal(err)
		}
		if other, there := names[r.Office.Name]; there && other == r.Company {
			t.Errorf("row %d: company %s has two offices %q", r.Row, r.Company, r.Office.Name)
		}
		names[r.Office.Name] = r.Company
	}
	wantFlawless(t, check(t, "companies.csv", ""))
	rows, err := plan.Survey()
	if err != nil {
		t.Fatal(err)
	}
	if got := rows.Companies(); len(got) != 3 || len(names) != rows.Len()-1 {
		t.Errorf("companies %v, %d names in %d rows", got, len(names), rows.Len())
	}
}
