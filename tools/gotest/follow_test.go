package main

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// said gives what is written while a script of events is played: each line is
// the moment at which it comes, its action, its test and its output.
func said(t *testing.T, script string) string {
	t.Helper()
	var out strings.Builder
	synctest.Test(t, func(t *testing.T) {
		in, events := io.Pipe()
		go func() {
			defer events.Close()
			var now time.Duration
			for line := range strings.Lines(script) {
				fields := strings.SplitN(strings.TrimSuffix(line, "\n"), " ", 4)
				at, err := time.ParseDuration(fields[0])
				if err != nil {
					t.Error(err)
				}
				time.Sleep(at - now)
				now = at
				fmt.Fprintf(events, `{"Action":%q,"Package":"p","Test":%q,"Output":%q}`+"\n", fields[1], strings.Trim(fields[2], "-"), fields[3]+"\n")
			}
		}()
		follow(in, &out)
	})
	return out.String()
}

func TestFollow(t *testing.T) {
	for _, c := range []struct{ name, script, want string }{
		{"a quick test says nothing, its package one line", `
0s run TestA 
1s output TestA I am fine
9s pass TestA 
9s output - PASS
9s output - ok  	p	9.0s
9s pass - `, `
ok  	p	9.0s
`},
		{"one that takes long is named once while it runs, and when it is over", `
0s run TestA 
500ms run TestB 
35s pass TestA 
36s output TestB B broke
36s fail TestB 
36s output - FAIL	p	36.0s
36s fail - `, `
    runs since 10s: p TestA
    runs since 10s: p TestB
    took 35s: p TestA
    took 35s: p TestB
B broke
FAIL	p	36.0s
`},
		{"the time in which a test waits for its turn does not count", `
0s run TestA 
0s output TestA === RUN
0s pause TestA 
30s cont TestA 
35s pass TestA `, `
`},
		{"subtests are named, and not who waits for them", `
0s run TestA 
0s run TestA/b 
0s output TestA/b === RUN
15s pass TestA/b 
16s pass TestA `, `
    runs since 10s: p TestA/b
    took 15s: p TestA/b
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want[1:], said(t, c.script[1:])); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestFollowGo: what go says without the form of an event is passed on, and so
// is what a build says.
func TestFollowGo(t *testing.T) {
	var out strings.Builder
	follow(strings.NewReader("go: no module\n"+`{"ImportPath":"p","Action":"build-output","Output":"a.go:1: wrong\n"}`+"\n"), &out)
	if got, want := out.String(), "go: no module\na.go:1: wrong\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
