package locale_test

import (
	"testing"

	"officeimporter/internal/locale"
)

func BenchmarkFold(b *testing.B) {
	b.Run("folded", func(b *testing.B) {
		for b.Loop() {
			locale.Fold("main office 12")
		}
	})
	b.Run("ascii", func(b *testing.B) {
		for b.Loop() {
			locale.Fold("Main Office 12")
		}
	})
	b.Run("unicode", func(b *testing.B) {
		for b.Loop() {
			locale.Fold("Zürich Büro 12")
		}
	})
}

func BenchmarkCountry(b *testing.B) {
	for b.Loop() {
		locale.Country("United States")
	}
}

func BenchmarkRegion(b *testing.B) {
	for b.Loop() {
		locale.Region("US", "Massachusetts")
	}
}

func BenchmarkZone(b *testing.B) {
	for b.Loop() {
		locale.Zone("America/New_York", "US")
	}
}

func BenchmarkPostalCode(b *testing.B) {
	b.Run("US", func(b *testing.B) {
		for b.Loop() {
			locale.PostalCode("US", "MA", "02134")
		}
	})
	b.Run("GB", func(b *testing.B) {
		for b.Loop() {
			locale.PostalCode("GB", "", "SW1A 1AA")
		}
	})
}

func BenchmarkPhone(b *testing.B) {
	b.Run("E.164", func(b *testing.B) {
		for b.Loop() {
			locale.Phone("+14155550100", "US")
		}
	})
	b.Run("national", func(b *testing.B) {
		for b.Loop() {
			locale.Phone("(415) 555-0100", "US")
		}
	})
}

func BenchmarkNearCountries(b *testing.B) {
	for b.Loop() {
		locale.NearCountries("Untied States", 3)
	}
}
