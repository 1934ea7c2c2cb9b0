package store_test

import (
	"testing"

	"procession/sim/store"
)

func TestLine(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{nil, ``},
		{[]string{"GET", "sess:7f3a"}, `"GET" "sess:7f3a"`},
		{[]string{"SET", "k", `{"user":"Ada"}`, "EX", "86400"}, `"SET" "k" "{\"user\":\"Ada\"}" "EX" "86400"`},
		{[]string{""}, `""`},
		{[]string{`a\b"c`}, `"a\\b\"c"`},
		{[]string{"\n\r\t\a\b"}, `"\n\r\t\a\b"`},
		{[]string{"\x00\x1b\x7f\v\f"}, `"\x00\x1b\x7f\x0b\x0c"`},
		{[]string{"é~ "}, `"\xc3\xa9~ "`},
	} {
		if got := store.Line(c.args...); got != c.want {
			t.Errorf("Line(%q) = %s, want %s", c.args, got, c.want)
		}
	}
}
