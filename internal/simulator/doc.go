// Package simulator is a stand-in for Dialpad's offices API: an independent
// judge of an importer. It knows what really happened, so it can say whether an
// office was created once, twice or never, whatever the importer believes.
//
// It speaks the part of the API that concerns offices:
//
//	POST /api/v2/offices        create a secondary office
//	GET  /api/v2/offices        list offices, a page at a time
//	GET  /api/v2/offices/{id}   one office
//	GET  /api/v2/company        the company, with office_count
//
// Its rules for bodies are written from the published document on their own and
// share nothing with the importer's: two readings of one document catch what one
// alone would get wrong twice. For the same reason the package imports nothing
// of this module.
//
// On demand it fails as networks, proxies and servers do; see [Fault]. Time
// passes only through package time, so that it also runs in a testing/synctest
// bubble, over connections of net.Pipe.
package simulator
