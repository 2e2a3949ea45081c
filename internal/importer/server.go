package importer

import (
	"fmt"
	"net"
	"net/url"
	"strings"
)

// Server is where calls go. The zero Server means no server.
type Server struct {
	URL   *url.URL
	Label string // for file names and messages, such as "production" or "127.0.0.1-8377"
}

// Name returns a text that ParseServer reads as this server.
func (s Server) Name() string {
	if _, known := knownServers[s.Label]; known {
		return s.Label
	}
	return s.URL.String()
}

// SimulatorAddress is the host and port of the server called "simulator".
const SimulatorAddress = "127.0.0.1:8377"

var knownServers = map[string]string{
	"production": "https://dialpad.com",
	"sandbox":    "https://sandbox.dialpad.com",
	"simulator":  "http://" + SimulatorAddress,
}

// ServerError says why a text is not a server that may be called.
type ServerError struct {
	Text      string
	PlainHost string // the host, if plain http would show the key to the network; otherwise empty
}

// Error says what is wrong with the text.
func (e *ServerError) Error() string {
	if e.PlainHost != "" {
		return fmt.Sprintf("%q would send the API key over plain http", e.Text)
	}
	return fmt.Sprintf("%q is not a server", e.Text)
}

// ParseServer reads the name of a known server (production, sandbox, simulator) or a URL. Plain http is only for this
// machine, as it would show the key to the network. The error is a *ServerError.
func ParseServer(text string) (Server, error) {
	address, known := knownServers[text]
	if !known {
		address = text
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || u.RawQuery != "" {
		return Server{}, &ServerError{Text: text}
	}
	if u.Scheme == "http" && !loopback(u.Hostname()) {
		return Server{}, &ServerError{text, u.Host}
	}
	u.Host, u.Path = strings.ToLower(u.Host), strings.TrimRight(u.Path, "/") // journals compare URLs as text
	label := text
	if !known {
		label = strings.NewReplacer(":", "-", "[", "", "]", "").Replace(u.Host)
	}
	return Server{u, label}, nil
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
