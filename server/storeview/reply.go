package storeview

import (
	"fmt"
	"strings"
)

// These give replies as Redis writes them (RESP2).

func simple(text string) []byte { return []byte("+" + text + "\r\n") }

func failed(text string) []byte { return []byte("-" + text + "\r\n") }

func integer(n int) []byte { return fmt.Appendf(nil, ":%d\r\n", n) }

func bulk(text string) []byte { return fmt.Appendf(nil, "$%d\r\n%s\r\n", len(text), text) }

// array gives a list of replies.
func array(replies ...[]byte) []byte {
	all := fmt.Appendf(nil, "*%d\r\n", len(replies))
	for _, r := range replies {
		all = append(all, r...)
	}
	return all
}

// list gives words as lines of their own, as MONITOR does.
func list(lines []string) []byte {
	var all strings.Builder
	for _, line := range lines {
		all.Write(simple(line))
	}
	return []byte(all.String())
}
