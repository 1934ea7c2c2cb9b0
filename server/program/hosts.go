package program

import (
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
)

// names gives what says whether a server that listens on an address is called
// by a name: the ones it is given, and those of this computer. A page of
// elsewhere can make its own name lead here, but not a name of these, nor a
// bare address; so every address is fine where all of them are listened on.
func names(addr net.Addr, given []string) func(name string) bool {
	own := []string{"", "localhost"} // "": some programs give no name
	ip := addr.(*net.TCPAddr).AddrPort().Addr().Unmap()
	all := ip.IsUnspecified()
	if computer, err := os.Hostname(); err == nil && !ip.IsLoopback() {
		computer = strings.ToLower(computer)
		own = append(own, computer, computer+".local")
	}
	for _, name := range given {
		own = append(own, strings.ToLower(name))
	}
	return func(name string) bool {
		if slices.Contains(own, name) {
			return true
		}
		a, err := netip.ParseAddr(name)
		return err == nil && (all || a.Unmap() == ip || ip.IsLoopback() && a.IsLoopback())
	}
}
