package main

// place is a real city with a matching postal code. phone is the start of its numbers for fictional use, where they
// exist; two more digits complete one.
type place struct {
	country, currency, city, region, postal, zone, phone string
}

var places = []place{
	{"US", "USD", "Boston", "MA", "02110", "America/New_York", "+161755501"},
	{"US", "USD", "Newark", "NJ", "07102", "America/New_York", "+197355501"},
	{"US", "USD", "Chicago", "IL", "60606", "America/Chicago", "+131255501"},
	{"US", "USD", "San Francisco", "CA", "94105", "America/Los_Angeles", "+141555501"},
	{"US", "USD", "Phoenix", "AZ", "85004", "America/Phoenix", "+160255501"},
	{"PR", "USD", "San Juan", "PR", "00901", "America/Puerto_Rico", "+178755501"},
	{"CA", "CAD", "Toronto", "ON", "M5V 2T6", "America/Toronto", "+141655501"},
	{"CA", "CAD", "Montréal", "QC", "H2Y 1A6", "America/Toronto", "+151455501"},
	{"AU", "AUD", "Sydney", "NSW", "2000", "Australia/Sydney", "+612555012"},
	{"AU", "AUD", "Darwin", "NT", "0800", "Australia/Darwin", "+618555012"},
	{"FR", "EUR", "Lyon", "Auvergne-Rhône-Alpes", "69002", "Europe/Paris", "+334657112"},
	{"GB", "GBP", "London", "Greater London", "EC2A 4NE", "Europe/London", "+4420794601"},
	{"NZ", "NZD", "Auckland", "Auckland", "1010", "Pacific/Auckland", "+64923456"},
	{"DE", "EUR", "Leipzig", "Sachsen", "04109", "Europe/Berlin", "+4930231250"},
	{"JP", "JPY", "千代田区", "東京都", "100-0005", "Asia/Tokyo", "+813123456"},
	{"IE", "EUR", "Dublin", "Dublin", "D02 X285", "Europe/Dublin", "+353123456"},
	{"NL", "EUR", "Amsterdam", "Noord-Holland", "1012 JS", "Europe/Amsterdam", "+312012345"},
}

var (
	streets = []string{"Example Way", "Sample Street", "Specimen Row", "Placeholder Lane", "Model Court", "W Pattern 1/2 St", "Rue de l’Exemple, Bât. 2"}
	hours   = []string{"08:00-18:00", "08:00-12:00, 14:00-18:00", "8am-6pm", "09:00 – 17:30", "closed"}
)
