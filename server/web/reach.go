package web

import (
	"encoding/json"
	"net/http"
	"net/netip"
)

// Reach is how other devices come to the server.
type Reach struct {
	// Addresses are complete up to the path, the likeliest first; none: it listens
	// for this computer alone, or is in no network.
	Addresses []string `json:"addresses"`
	// Open says whether it listens for others at all.
	Open bool `json:"open"`
	// Flag is what lets others in, where it is not open.
	Flag string `json:"flag,omitempty"`
}

// reach tells those at this computer how others come to the server:
// /reach.json. Who comes from elsewhere knows an address that works, and need
// not learn of others; nor does who came by a name, perhaps through a proxy.
func (w *Web) reach(rw http.ResponseWriter, r *http.Request) error {
	known := Reach{Open: true}
	if peer, err := netip.ParseAddrPort(r.RemoteAddr); err == nil && w.reached != nil && peer.Addr().Unmap().IsLoopback() && isLoopback(nameOf(r.Host)) {
		known = w.reached()
	}
	if known.Addresses == nil {
		known.Addresses = []string{}
	}
	body, err := json.Marshal(known)
	if err != nil {
		return err
	}
	rw.Header().Set("Cache-Control", "no-store")
	writeText(rw, r, http.StatusOK, types[".json"], body)
	return nil
}

// isLoopback says whether a name means the computer that says it.
func isLoopback(name string) bool {
	a, err := netip.ParseAddr(name)
	return name == "localhost" || err == nil && a.Unmap().IsLoopback()
}
