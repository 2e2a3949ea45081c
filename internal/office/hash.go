package office

import "crypto/sha256"

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
