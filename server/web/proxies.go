package web

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxies are the addresses of proxies that are believed what they say of a
// request: who asked, by which name and in which scheme.
type Proxies []netip.Prefix

// has says whether an address is that of such a proxy.
func (p Proxies) has(a netip.Addr) bool {
	return slices.ContainsFunc(p, func(prefix netip.Prefix) bool { return prefix.Contains(a) })
}

// behind gives requests as they were before they came to a proxy. What anybody
// else says with the headers of proxies is taken away.
func (p Proxies) behind(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if peer, err := netip.ParseAddrPort(r.RemoteAddr); err == nil && p.has(peer.Addr().Unmap()) {
			// With the proxy's port, so that two connections stay two clients.
			client := p.client(peer.Addr().Unmap(), r.Header.Values("X-Forwarded-For"))
			r.RemoteAddr = netip.AddrPortFrom(client, peer.Port()).String()
			if host := r.Header.Get("X-Forwarded-Host"); host != "" {
				r.Host = host
			}
		} else {
			for _, name := range []string{"X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"} {
				r.Header.Del(name)
			}
		}
		next.ServeHTTP(rw, r)
	})
}

// client gives the last address on a request's way that is no trusted proxy's.
// Those before it are what that one claims, and may be lies.
func (p Proxies) client(peer netip.Addr, headers []string) netip.Addr {
	hops := strings.Split(strings.Join(headers, ","), ",")
	for _, text := range slices.Backward(hops) {
		a, ok := hop(strings.TrimSpace(text))
		if !ok {
			break // what stands before it cannot be trusted either
		}
		if peer = a; !p.has(a) {
			break
		}
	}
	return peer
}

// hop reads an address, with or without its port.
func hop(text string) (netip.Addr, bool) {
	if a, err := netip.ParseAddrPort(text); err == nil {
		return a.Addr().Unmap(), true
	}
	a, err := netip.ParseAddr(strings.Trim(text, "[]"))
	return a.Unmap(), err == nil
}

// siteBits is how much of an IPv6 address names a home or a hall; the rest
// changes as its devices like.
const siteBits = 64

// address gives where a request comes from, for limits that many requests
// share; empty when it cannot be known.
func address(r *http.Request) string {
	a, ok := hop(r.RemoteAddr)
	switch {
	case !ok:
		return ""
	case a.Is4():
		return a.String()
	}
	site, err := a.WithZone("").Prefix(siteBits)
	if err != nil {
		panic("web: address: " + err.Error()) // the length is a constant
	}
	return site.String()
}
