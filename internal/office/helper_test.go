package office

import "strings"

func ptr[T any](v T) *T { return &v }

// complete returns an office without any problems.
func complete() *Office {
	return &Office{
		Name: "Boston Harbor", Country: "US", Currency: "USD", PlanPeriod: "monthly",
		UnifiedBilling: ptr(false), Invoiced: ptr(true), AnnualCommitMonthlyBilling: ptr(false),
		BillingAddress: BillingAddress{AddressLine1: "1 Example Way", City: "Boston", Region: "MA", PostalCode: "02134", Country: "US"},
		E911Address:    E911Address{Address: "1 Example Way", City: "Boston", State: "MA", Zip: "02134", Country: "US"},
	}
}

func kinds(problems []Problem) string {
	var names []string
	for _, p := range problems {
		names = append(names, p.Field+" "+string(p.Kind))
	}
	return strings.Join(names, "; ")
}
