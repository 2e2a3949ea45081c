package office

import "crypto/sha256"

// Hash stands for a text, such as a key, wherever a million of them are
// remembered: half a SHA-256, so that two texts never share one.
type Hash [sha256.Size / 2]byte

// HashOf is the hash of a text.
func HashOf[T ~string | ~[]byte](text T) Hash {
	sum := sha256.Sum256([]byte(text))
	return Hash(sum[:len(Hash{})])
}

// Hash stands for the key.
func (k Key) Hash() Hash { return HashOf(k) }

// RowInfo is what a journal remembers of each record in memory, so that it can pick records without reading them.
type RowInfo struct {
	Key     Hash
	Outcome Outcome
	Doubted bool
}
