package program

import (
	"net"
	"os"
	"strings"
	"testing"
)

func TestNames(t *testing.T) {
	computer, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	computer = strings.ToLower(computer)
	for _, c := range []struct {
		listens, name string
		want          bool
	}{
		{"127.0.0.1", "localhost", true},
		{"127.0.0.1", "127.0.0.1", true},
		{"127.0.0.1", "::1", true},
		{"127.0.0.1", "lab.example", true},
		{"127.0.0.1", "", true},
		{"127.0.0.1", "rebound.example", false},
		{"127.0.0.1", "192.0.2.1", false},
		{"127.0.0.1", "localhost.rebound.example", false},
		{"192.0.2.1", "192.0.2.1", true},
		{"192.0.2.1", "192.0.2.2", false},
		{"192.0.2.1", computer, true},
		{"0.0.0.0", "192.0.2.2", true},
		{"0.0.0.0", computer + ".local", true},
		{"0.0.0.0", "localhost", true},
		{"0.0.0.0", "rebound.example", false},
		{"::", "2001:db8::1", true},
		{"::", "rebound.example", false},
	} {
		known := names(&net.TCPAddr{IP: net.ParseIP(c.listens), Port: 8080}, []string{"Lab.example"})
		if got := known(c.name); got != c.want {
			t.Errorf("a server on %s, called %q: got %v, want %v", c.listens, c.name, got, c.want)
		}
	}
}
