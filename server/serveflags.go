package main

import (
	"fmt"
	"net/netip"
	"regexp"
	"strings"

	"procession/server/web"
)

// hostName matches a name of a server, without a port.
var hostName = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.\-]*[A-Za-z0-9])?$`)

// addHosts adds the names of a list with commas. The error is a sentence.
func addHosts(hosts *[]string, text string) error {
	for name := range strings.SplitSeq(text, ",") {
		if name = strings.TrimSpace(name); !hostName.MatchString(name) {
			return fmt.Errorf("%q is no name of a server; allowed: names without a scheme or a port, such as lab.example.org", name)
		}
		*hosts = append(*hosts, name)
	}
	return nil
}

// addProxies adds the addresses of a list with commas: 10.0.0.0/8, or a single
// one. The error is a sentence.
func addProxies(proxies *web.Proxies, text string) error {
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		prefix, err := netip.ParsePrefix(part)
		if err != nil {
			var one netip.Addr
			if one, err = netip.ParseAddr(part); err == nil {
				prefix, err = one.Prefix(one.BitLen())
			}
		}
		if err != nil {
			return fmt.Errorf("%q is no address of proxies; allowed: addresses and ranges of them, such as 127.0.0.1 or 10.0.0.0/8", part)
		}
		*proxies = append(*proxies, prefix.Masked())
	}
	return nil
}
