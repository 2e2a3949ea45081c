package office

import (
	"crypto/sha256"
	"fmt"
	"reflect"
	"testing"
)

// TestBodyBytes pins the exact bytes of a body with every field: plan ids and journals hold digests of them.
func TestBodyBytes(t *testing.T) {
	values := map[reflect.Type]any{
		reflect.TypeFor[*string](): "A & B <\"é\\\u2028\x7f\xff", reflect.TypeFor[**bool](): false, reflect.TypeFor[**int64](): int64(5068549373853696),
		reflect.TypeFor[*Hours](): Hours{"08:00", "18:00"}, reflect.TypeFor[*[]DTMF](): []DTMF{{Input: "1", Options: DTMFOptions{Action: "voicemail"}}, {}},
	}
	var o Office
	for i := range Fields {
		Fields[i].Set(&o, values[reflect.TypeOf(Fields[i].at(&o))])
	}
	body, err := Body(&o)
	if err != nil {
		t.Fatal(err)
	}
	const want = "e208bbefcfa9af8eaab19a2ad718b7d4acb8b570923712e1bcc16a7a69de129e"
	if got := fmt.Sprintf("%x", sha256.Sum256(body)); got != want {
		t.Errorf("the digest is %s, want %s, of %s", got, want, body)
	}
}

// TestRest pins which bytes Rest digests, because journals store it.
func TestRest(t *testing.T) {
	for want, o := range map[string]Office{
		`,"currency":"USD"}`: {Name: `A "B" & C`, Country: "US", Currency: "USD"},
		`"currency":"USD"}`:  {Currency: "USD"},
		`}`:                  {Name: "A"},
	} {
		r := Request{Office: o}
		if err := r.Seal(); err != nil {
			t.Fatal(err)
		}
		if r.Rest() != sha256.Sum256([]byte(want)) {
			t.Errorf("%s: another digest", want)
		}
	}
	if r := (&Request{Office: *complete()}); r.Rest() != (Digest{}) {
		t.Error("a request without a body has a digest of its rest")
	}
}
