package office

import (
	"crypto/sha256"
	"regexp"
	"testing"
)

func TestNameKey(t *testing.T) {
	same := []Key{NameKey("", "Boston Harbor", "US"), NameKey("", "  boston\u00a0 HARBOR ", "us"), NameKey("", "Ｂｏｓｔｏｎ Harbor", "Us")}
	for _, k := range same {
		if k != "boston harbor/US" {
			t.Errorf("got %q", k)
		}
	}
	others := []Key{NameKey("77", "Boston Harbor", "US"), NameKey("", "Boston Harbor", "CA"), NameKey("", "Boston-Harbor", "US"), ColumnKey("", "boston harbor/US")}
	for i, k := range others {
		if k == same[0] {
			t.Errorf("key %d is the same: %q", i, k)
		}
	}
}

func TestColumnKey(t *testing.T) {
	if got := ColumnKey("77", " Store  17"); got != "77:#store 17" {
		t.Errorf("got %q", got)
	}
	if ColumnKey("", "017") == ColumnKey("", "17") {
		t.Error("zeros in front must count")
	}
}

func TestPlanID(t *testing.T) {
	rows := []*Request{
		{Key: "a/US", Digest: sha256.Sum256([]byte("1"))},
		{Key: "b/US", Digest: sha256.Sum256([]byte("2"))},
		{Key: "c/US", Digest: sha256.Sum256([]byte("3"))},
	}
	id := func(order ...int) string {
		var p Plan
		for _, i := range order {
			p.Add(rows[i])
		}
		if p.Len() != len(order) {
			t.Errorf("%d rows, want %d", p.Len(), len(order))
		}
		return p.ID()
	}
	all := id(0, 1, 2)
	if !regexp.MustCompile(`^[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}$`).MatchString(all) {
		t.Errorf("got %q", all)
	}
	if got := id(2, 0, 1); got != all {
		t.Errorf("the order matters: %s, %s", got, all)
	}
	for _, other := range []string{id(), id(0, 1), id(0, 1, 2, 2)} {
		if other == all {
			t.Errorf("other rows have the same id %s", all)
		}
	}
	rows[2].Digest[0]++
	if got := id(0, 1, 2); got == all {
		t.Error("a changed body has the same id")
	}
}
