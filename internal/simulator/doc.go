// Package simulator simulates Dialpad's offices API and judges an importer independently. It knows what really
// happened, so it can say whether an office was created once, twice or never, whatever the importer believes.
//
// It has the part of the API that is about offices:
//
//	POST /api/v2/offices        create a secondary office
//	GET  /api/v2/offices        list offices, a page at a time
//	GET  /api/v2/offices/{id}   one office
//	GET  /api/v2/company        the company, with office_count
//
// Its validation is written separately from the importer's, from the same published document, so that a misreading in
// one of them is noticed. For the same reason the package imports nothing from this module.
//
// It can fail the way networks, proxies and servers do; see [Fault]. It uses only package time for the clock, so it
// also works in a testing/synctest bubble, over connections of net.Pipe.
package simulator
