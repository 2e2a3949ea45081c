package office

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"officeimporter/internal/locale"
)

// Key says who a row is, whatever its number: rows may be sorted, inserted and
// deleted between runs. It is readable, and stands in the report.
type Key string

// NameKey is the key of a row that is known by name and country: "boston harbor/US".
// The country stands last and holds no slash, so the name can't be confused.
func NameKey(company, name, country string) Key {
	return Key(companyPrefix(company) + string(NameOf(name, country)))
}

// ColumnKey is the key of a row that a column of the file names for good: "#store 17".
func ColumnKey(company, value string) Key {
	return Key(companyPrefix(company) + "#" + locale.Fold(value))
}

func companyPrefix(company string) string {
	if company == "" {
		return ""
	}
	return company + ":"
}

// Name is a name and country as they are compared: names folded as in a Key
// (NFKC, white space, case), countries whatever their case, as the server
// answers in lower case what it was sent in upper case.
type Name string

// NameOf folds a name and a country.
func NameOf(name, country string) Name {
	return Name(locale.Fold(name) + "/" + upperASCII(country))
}

// upperASCII saves the allocation where a country is upper case already.
func upperASCII(s string) string {
	for i := range len(s) {
		if 'a' <= s[i] && s[i] <= 'z' {
			b := []byte(s)
			for j, c := range b {
				if 'a' <= c && c <= 'z' {
					b[j] = c - 'a' + 'A'
				}
			}
			return string(b)
		}
	}
	return s
}

// Plan collects which bodies may be sent: the (key, digest) of every valid
// row, whatever the server and however far a run has come. The zero Plan is
// empty. Not for concurrent use.
type Plan struct {
	rows [][sha256.Size]byte
}

// Add takes in a valid request.
func (p *Plan) Add(r *Request) {
	p.rows = append(p.rows, sha256.Sum256(append([]byte(r.Key+"\x00"), r.Digest[:]...)))
}

// Len is the number of rows taken in.
func (p *Plan) Len() int { return len(p.rows) }

// ID is the plan's name, such as "3f9a-c21b-77e0": the same for the same rows in any order.
func (p *Plan) ID() string {
	slices.SortFunc(p.rows, func(a, b [sha256.Size]byte) int { return slices.Compare(a[:], b[:]) })
	h := sha256.New()
	for i := range p.rows {
		h.Write(p.rows[i][:])
	}
	id := hex.EncodeToString(h.Sum(nil))
	return id[0:4] + "-" + id[4:8] + "-" + id[8:12]
}
