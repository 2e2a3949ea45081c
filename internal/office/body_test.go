package office

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// reference is the body as encoding/json writes it.
func reference(t interface{ Fatal(...any) }, o *Office) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(o); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func wantReference(t interface {
	Fatal(...any)
	Errorf(string, ...any)
}, o *Office) {
	body, err := Body(o)
	if err != nil {
		t.Fatal(err)
	}
	if want := reference(t, o); string(body) != want {
		t.Errorf("got  %s\nwant %s", body, want)
	}
}

// TestBodyOfEachField also finds a field that stands in another place in
// Fields than in Office.
func TestBodyOfEachField(t *testing.T) {
	values := map[reflect.Type]any{
		reflect.TypeFor[*string](): "x", reflect.TypeFor[**bool](): false, reflect.TypeFor[**int64](): int64(math.MinInt64),
		reflect.TypeFor[*Hours](): Hours{"08:00", "18:00"}, reflect.TypeFor[*[]DTMF](): []DTMF{{Input: "1", Options: DTMFOptions{Action: "a & b"}}},
	}
	var all Office
	for i := range Fields {
		f := &Fields[i]
		value := values[reflect.TypeOf(f.at(&all))]
		var one Office
		f.Set(&one, value)
		f.Set(&all, value)
		wantReference(t, &one)
		wantReference(t, &all)
	}
	wantReference(t, new(Office))
}

func TestBodyOfAnyOffice(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
		rapid.SampledFrom([]string{"", "plain", `"`, `\`, "\u2028", "\u2029", "a & b <c>", "\x00", "\x1f", "\x7f", "\xff", "é", "\ufffd", "日本"}))
	rapid.Check(t, func(t *rapid.T) {
		var o Office
		for i := range Fields {
			if rapid.Bool().Draw(t, "given") {
				switch place := Fields[i].at(&o).(type) {
				case *string:
					*place = text.Draw(t, "text")
				case **bool:
					*place = rapid.Ptr(rapid.Bool(), true).Draw(t, "truth")
				case **int64:
					*place = rapid.Ptr(rapid.Int64(), true).Draw(t, "number")
				case *Hours:
					*place = rapid.SliceOfN(text, 0, 4).Draw(t, "hours")
				case *[]DTMF:
					*place = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) DTMF { return DTMF{Input: text.Draw(t, "key")} }), 0, 3).Draw(t, "menu")
				default:
					t.Fatalf("a %T is not tried", place)
				}
			}
		}
		wantReference(t, &o)
	})
}

func FuzzBodyText(f *testing.F) {
	f.Add("Boston & Harbor")
	f.Add("\u2028\"\\\xff")
	f.Fuzz(func(t *testing.T, text string) { wantReference(t, &Office{Name: text, MondayHours: Hours{text}}) })
}

// TestRest pins which bytes the digest is of: journals hold it.
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
