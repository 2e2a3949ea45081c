package office

import (
	"fmt"
	"regexp"
	"strings"
)

// Kinds of problems that involve several fields.
const (
	POBox           ProblemKind = "po_box"
	AddressConflict ProblemKind = "address_conflict"
	TargetPartial   ProblemKind = "target_incomplete"
	OddCurrency     ProblemKind = "odd_currency" // a warning
)

// FillE911 copies the billing address into an empty E911 address if use_same_address is true, because the API
// requires the address even with the flag set. It returns the names of the fields that it filled.
func FillE911(o *Office) []string {
	if o.UseSameAddress == nil || !*o.UseSameAddress || o.E911Address != (E911Address{}) {
		return nil
	}
	o.E911Address = sameAddress(o.BillingAddress)
	var filled []string
	for i := range Fields {
		if f := &Fields[i]; f.Section() == "e911_address" && f.Has(o) {
			filled = append(filled, f.Name)
		}
	}
	return filled
}

func sameAddress(b BillingAddress) E911Address {
	return E911Address{Address: b.AddressLine1, Address2: b.AddressLine2, City: b.City, State: b.Region, Zip: b.PostalCode, Country: b.Country}
}

func (v *validator) contact() {
	if v.office.BillingContact == (BillingContact{}) {
		return
	}
	v.require(mustField("billing_contact.name"), "a billing contact needs a name")
	v.require(mustField("billing_contact.email"), "a billing contact needs an e-mail address")
}

// require reports a problem if a field is missing that other fields make necessary.
func (v *validator) require(f *Field, why string) {
	if !f.Has(v.office) {
		v.problem(f.Name, Missing, "is empty", why)
	}
}

// poBox matches the ways to write a post office box in English and French, the languages of the countries that need
// E911 addresses.
var poBox = regexp.MustCompile(`(?i)\b(?:p\.?\s*o\.?\s*box|post\s+office\s+box|pmb\s*#?\d|bo[iî]te\s+postale|b\.?p\.?\s+\d|c\.?p\.?\s+\d|private\s+bag|locked\s+bag)`)

func isPOBox(line string) bool { return poBox.MatchString(line) }

var e911Needs = []*Field{mustField("e911_address.address"), mustField("e911_address.city"), mustField("e911_address.state"),
	mustField("e911_address.zip"), mustField("e911_address.country")}

func (v *validator) e911() {
	if v.office.E911Address == (E911Address{}) {
		v.noE911()
		return
	}
	for _, f := range e911Needs {
		v.require(f, "an E911 address needs it")
	}
	v.noPOBox()
	v.sameAsBilling()
}

// noE911 reports a whole missing address as one problem.
func (v *validator) noE911() {
	if E911Required(v.office.Country) {
		v.require(mustField("e911_address.address"), fmt.Sprintf("offices in %s need an E911 address; or say that it is the same as the billing address", v.office.Country))
	}
}

func (v *validator) noPOBox() {
	v.noPOBoxIn("e911_address.address", v.office.E911Address.Address)
	v.noPOBoxIn("e911_address.address2", v.office.E911Address.Address2)
}

func (v *validator) noPOBoxIn(field, line string) {
	if isPOBox(line) {
		v.problem(field, POBox, fmt.Sprintf("%q is a post office box", line), "emergency services need a street address")
	}
}

func (v *validator) sameAsBilling() {
	o := v.office
	if o.UseSameAddress != nil && *o.UseSameAddress && o.E911Address != sameAddress(o.BillingAddress) {
		v.problem("use_same_address", AddressConflict, "says that the E911 address is the billing address, but another one is given",
			"say no, or leave the E911 address empty")
	}
}

func (v *validator) routing() {
	r := &v.office.RoutingOptions
	open, closed := !r.Open.isZero(), !r.Closed.isZero()
	if !open && !closed {
		return
	}
	for _, side := range []string{"open", "closed"} {
		prefix := "routing_options." + side + "."
		v.require(mustField(prefix+"action"), "routing needs an action for open and for closed hours")
		v.require(mustField(prefix+"try_dial_operators"), "routing needs it for open and for closed hours")
		v.target(prefix)
	}
}

func (r *Routing) isZero() bool {
	return r.Action == "" && r.ActionTargetType == "" && r.ActionTargetID == nil && r.TryDialOperators == nil && r.OperatorRouting == "" && r.DTMF == nil
}

// target reports a target type without an id, and an id without a type.
func (v *validator) target(prefix string) {
	kind, id := mustField(prefix+"action_target_type"), mustField(prefix+"action_target_id")
	switch {
	case kind.Has(v.office) && !id.Has(v.office):
		v.problem(id.Name, TargetPartial, "is empty though a target type is given", "give both, or neither")
	case id.Has(v.office) && !kind.Has(v.office):
		v.problem(kind.Name, TargetPartial, "is empty though a target id is given", "valid values: "+strings.Join(targetTypes, ", "))
	}
}

func (v *validator) hours() {
	on := v.office.HoursOn != nil && *v.office.HoursOn
	for i := range Fields {
		f := &Fields[i]
		h, ok := f.at(v.office).(*Hours)
		if !ok || *h == nil {
			continue
		}
		if h.ends24() && h.check() == nil {
			v.warn(f.Name, Undocumented24, "24:00 is not documented: the server may refuse it", "23:59 is sure to be taken")
		}
		if !on {
			v.warn(f.Name, HoursWithoutOn, "has no effect: hours_on is not true, so the office is always open", "set hours_on")
		}
	}
}

func (v *validator) currency() {
	usual, known := usualCurrency[v.office.Country]
	if known && v.office.Currency != "" && v.office.Currency != usual {
		v.warn("currency", OddCurrency, fmt.Sprintf("%s is unusual for %s", v.office.Currency, v.office.Country), "usual is "+usual)
	}
}
