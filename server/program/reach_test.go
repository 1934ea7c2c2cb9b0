package program

import (
	"net"
	"net/netip"
	"slices"
	"testing"
)

func TestReach(t *testing.T) {
	for _, c := range []struct {
		listens, flag string
		open          bool
		addresses     []string // nil: those of this computer
	}{
		{listens: "127.0.0.1:8080", flag: "-addr :8080", addresses: []string{}},
		{listens: "[::1]:9000", flag: "-addr :9000", addresses: []string{}},
		{listens: "192.168.1.20:8080", open: true, addresses: []string{"http://192.168.1.20:8080"}},
		{listens: "[2001:db8::5]:80", open: true, addresses: []string{"http://[2001:db8::5]:80"}},
		{listens: "0.0.0.0:8080", open: true},
		{listens: "[::]:8080", open: true},
	} {
		got := reach(net.TCPAddrFromAddrPort(netip.MustParseAddrPort(c.listens)))
		if got.Open != c.open || got.Flag != c.flag {
			t.Errorf("%s: got %+v, want open %v and the flag %q", c.listens, got, c.open, c.flag)
		}
		if c.addresses != nil && !slices.Equal(got.Addresses, c.addresses) {
			t.Errorf("%s: got %q, want %q", c.listens, got.Addresses, c.addresses)
		}
		if len(got.Addresses) > mostAddresses {
			t.Errorf("%s: got %d addresses, want at most %d", c.listens, len(got.Addresses), mostAddresses)
		}
	}
}

// TestInNetworks: what others are told leads to this computer, and not to their own.
func TestInNetworks(t *testing.T) {
	own, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range inNetworks() {
		if a.IsLoopback() || a.IsLinkLocalUnicast() || !slices.ContainsFunc(own, func(o net.Addr) bool {
			n, ok := o.(*net.IPNet)
			return ok && n.IP.Equal(a.AsSlice())
		}) {
			t.Errorf("%s does not lead here from elsewhere", a)
		}
	}
}

func TestLikeliestFirst(t *testing.T) {
	var all []netip.Addr
	for _, text := range []string{"2001:db8::5", "172.17.0.1", "192.168.1.20", "10.0.0.3"} {
		all = append(all, netip.MustParseAddr(text))
	}
	got := likeliestFirst(all, netip.MustParseAddr("192.168.1.20"))
	var texts []string
	for _, a := range got {
		texts = append(texts, a.String())
	}
	if want := []string{"192.168.1.20", "172.17.0.1", "10.0.0.3", "2001:db8::5"}; !slices.Equal(texts, want) {
		t.Errorf("got %q, want %q", texts, want)
	}
}
