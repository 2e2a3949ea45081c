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

// Mark is what is known of a record without reading all of it.
type Mark struct {
	Key     Hash
	Outcome Outcome
	Doubted bool
}
