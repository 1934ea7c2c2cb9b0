package program

import (
	"cmp"
	"net"
	"net/netip"
	"slices"
	"strconv"

	"procession/server/web"
)

// mostAddresses is how many addresses people are told of: nobody tries more.
const mostAddresses = 6

// reach says how other devices come to a server that listens on an address.
func reach(addr *net.TCPAddr) web.Reach {
	ip := addr.AddrPort().Addr().Unmap()
	port := strconv.Itoa(addr.Port)
	r := web.Reach{Open: !ip.IsLoopback()}
	var all []netip.Addr
	switch {
	case ip.IsLoopback():
		r.Flag = "-addr :" + port
	case ip.IsUnspecified():
		all = inNetworks()
	default:
		all = []netip.Addr{ip}
	}
	for _, a := range all[:min(len(all), mostAddresses)] {
		r.Addresses = append(r.Addresses, "http://"+net.JoinHostPort(a.String(), port))
	}
	return r
}

// inNetworks gives the addresses of this computer in its networks: first that
// from which it goes out into the world, then those of IPv4, which are easier
// to type.
func inNetworks() []netip.Addr {
	interfaces, err := net.Interfaces()
	if err != nil {
		return nil // as if it were in none
	}
	var all []netip.Addr
	for _, i := range interfaces {
		if i.Flags&net.FlagUp == 0 || i.Flags&net.FlagRunning == 0 || i.Flags&net.FlagLoopback != 0 {
			continue
		}
		addrs, err := i.Addrs()
		if err != nil {
			continue // it went away
		}
		for _, a := range addrs {
			n, ok := a.(*net.IPNet)
			if !ok {
				continue
			}
			if ip, ok := netip.AddrFromSlice(n.IP); ok && ip.Unmap().IsGlobalUnicast() {
				all = append(all, ip.Unmap())
			}
		}
	}
	return likeliestFirst(all, outward())
}

// likeliestFirst orders addresses for those who look for one.
func likeliestFirst(all []netip.Addr, out netip.Addr) []netip.Addr {
	rank := func(a netip.Addr) int {
		switch {
		case a == out:
			return 0
		case a.Is4():
			return 1
		}
		return 2
	}
	slices.SortStableFunc(all, func(a, b netip.Addr) int { return cmp.Compare(rank(a), rank(b)) })
	return slices.Compact(all)
}

// outward gives the address from which this computer goes out; not valid: it is
// in no network that leads out. Nothing is sent: UDP only looks the way up.
func outward() netip.Addr {
	c, err := net.Dial("udp4", "192.0.2.1:9") // an address that nobody has [RFC 5737]
	if err != nil {
		return netip.Addr{}
	}
	defer c.Close()
	return c.LocalAddr().(*net.UDPAddr).AddrPort().Addr().Unmap()
}
