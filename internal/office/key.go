package office

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"officeimporter/internal/locale"
)

// Key says which office a row is about. It doesn't depend on the row number, as rows may be sorted, inserted and
// deleted between runs. Reports show it, so it is readable.
type Key string

// NameKey returns the key of a row that is known by its name and country, such as "boston harbor/US". The country is
// last and contains no slash, so no two pairs share a key.
func NameKey(company, name, country string) Key {
	return Key(companyPrefix(company) + string(NameOf(name, country)))
}

// ColumnKey returns the key of a row that has a value in the mapping's key column, such as "#store 17".
func ColumnKey(company, value string) Key {
	return Key(companyPrefix(company) + "#" + locale.FoldName(value))
}

func companyPrefix(company string) string {
	if company == "" {
		return ""
	}
	return company + ":"
}

// Name is a name and country in the form in which they are compared: the name folded as in a Key (see
// locale.FoldName), the country in upper case, because the server answers in lower case what it was sent in upper
// case.
type Name string

// NameOf returns the Name of a name and country.
func NameOf(name, country string) Name {
	return Name(locale.FoldName(name) + "/" + upperASCII(country))
}

// upperASCII saves an allocation if a country is in upper case already.
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

// Plan collects which requests may be sent: the (key, digest) of every valid row, whatever the server and however far
// a run has got. The zero Plan is empty and ready for use. Not for concurrent use.
type Plan struct {
	rows [][sha256.Size]byte
}

// Add adds a valid request, which must be sealed.
func (p *Plan) Add(r *Request) {
	p.rows = append(p.rows, sha256.Sum256(append([]byte(r.Key+"\x00"), r.Digest[:]...)))
}

// Len returns the number of rows added.
func (p *Plan) Len() int { return len(p.rows) }

// ID returns the plan's id, such as "3f9a-c21b-77e0". It is the same for the same rows in any order.
func (p *Plan) ID() string {
	slices.SortFunc(p.rows, func(a, b [sha256.Size]byte) int { return slices.Compare(a[:], b[:]) })
	h := sha256.New()
	for i := range p.rows {
		h.Write(p.rows[i][:])
	}
	id := hex.EncodeToString(h.Sum(nil))
	return id[0:4] + "-" + id[4:8] + "-" + id[8:12]
}

// Hash is half a SHA-256. It takes the place of a longer text, such as a key, where a million of them are kept in
// memory; even half is long enough that two texts never share one.
type Hash [sha256.Size / 2]byte

// HashOf returns the hash of a text.
func HashOf[T ~string | ~[]byte](text T) Hash {
	sum := sha256.Sum256([]byte(text))
	return Hash(sum[:len(Hash{})])
}

// Hash returns the hash of the key.
func (k Key) Hash() Hash { return HashOf(k) }

// RowInfo is what a journal keeps in memory about each record, so that callers can choose records without reading
// them from disk.
type RowInfo struct {
	Key     Hash
	Outcome Outcome
	Doubted bool // as Record.Doubted
}
