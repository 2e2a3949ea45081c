package main

import (
	"fmt"
	"math/rand/v2"
	"strconv"

	"officeimporter/internal/office"
)

// allColumns is the number of fields.
var allColumns = len(office.Fields)

// checkColumns refuses numbers of columns that would cut an E911 address or the routing in two, because those offices
// wouldn't be valid.
func checkColumns(n int) error {
	first, last := 0, 0 // numbers of columns: with the whole E911 address, without any routing
	for i := range office.Fields {
		switch name := office.Fields[i].Name; name {
		case "e911_address.country":
			first = i + 1
		case "routing_options.open.action":
			last = i
		}
	}
	if n == allColumns || first <= n && n <= last {
		return nil
	}
	return fmt.Errorf("%d columns make no valid offices; %d to %d do, and %d", n, first, last, allColumns)
}

// maker makes offices, one after the other.
type maker struct {
	random *rand.Rand
	fields []office.Field
	made   int
	record []string
}

func newMaker(columns int, seed uint64) *maker {
	return &maker{random: rand.New(rand.NewPCG(seed, 0)), fields: office.Fields[:columns], record: make([]string, columns)}
}

func (m *maker) heading() []string {
	labels := make([]string, len(m.fields))
	for i := range m.fields {
		labels[i] = m.fields[i].Label
	}
	return labels
}

// next makes an office. The record is valid until the next call.
func (m *maker) next() []string {
	m.made++
	d := m.draft()
	for i := range m.fields {
		m.record[i] = d.value(&m.fields[i])
	}
	return m.record
}

// draft is what several fields of one office share.
type draft struct {
	*place
	name, street, floor, phone string
	opens, target              string
	random                     *rand.Rand
}

func (m *maker) draft() draft {
	p := &places[m.random.IntN(len(places))]
	number := strconv.Itoa(1 + m.random.IntN(9999))
	return draft{
		place:  p,
		name:   p.city + " " + strconv.Itoa(m.made), // numbered, so that no two are the same
		street: number + " " + pick(m.random, streets),
		floor:  "Floor " + strconv.Itoa(1+m.random.IntN(40)),
		phone:  p.phone + strconv.Itoa(10+m.random.IntN(90)),
		opens:  pick(m.random, hours),
		target: strconv.FormatInt(5_000_000_000_000_000+m.random.Int64N(1_000_000_000_000_000), 10),
		random: m.random,
	}
}

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }
