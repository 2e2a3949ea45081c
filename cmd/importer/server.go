package main

import (
	"net"
	"net/url"
	"strings"
)

// server is where calls go.
type server struct {
	url   *url.URL
	label string // in names of files, and to people: "production", "127.0.0.1-8377"
}

// name is the server as it may be typed behind --server.
func (s server) name() string {
	if _, known := knownServers[s.label]; known {
		return s.label
	}
	return s.url.String()
}

const simulatorAddress = "127.0.0.1:8377"

var knownServers = map[string]string{
	"production": "https://dialpad.com",
	"sandbox":    "https://sandbox.dialpad.com",
	"simulator":  "http://" + simulatorAddress,
}

// parseServer reads --server. Plain http would show the key to the network, so
// it goes to this machine alone.
func parseServer(text string) (server, error) {
	address, known := knownServers[text]
	if !known {
		address = text
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || u.RawQuery != "" {
		return server{}, fail("usage", "--server production, --server sandbox, --server simulator, or a URL such as https://dialpad.com", "--server %q is not a server", text)
	}
	if u.Scheme == "http" && !loopback(u.Hostname()) {
		return server{}, fail("usage", "--server https://"+u.Host, "--server %q would send the API key over plain http", text)
	}
	u.Host, u.Path = strings.ToLower(u.Host), strings.TrimRight(u.Path, "/") // a journal compares it letter by letter
	label := text
	if !known {
		label = strings.NewReplacer(":", "-", "[", "", "]", "").Replace(u.Host)
	}
	return server{u, label}, nil
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
