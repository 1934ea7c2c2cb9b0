package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
)

const (
	// long is how long a test runs before a line says so.
	long = 10 * time.Second
	// look is how often it is looked for such tests.
	look = time.Second
)

// follower writes what a person wants to know of the tests that run.
type follower struct {
	out     io.Writer
	since   map[key]time.Time // when a test that runs began, or went on
	told    map[key]bool      // those of which a line said that they take long
	parents map[key]bool      // those that have subtests, and wait for them
	outputs map[key][]string  // what a test has said so far
}

// follow reads events until there are no more, and writes a line for each
// package, what failed tests said, and a line where a test takes long.
func follow(in io.Reader, out io.Writer) {
	f := &follower{out: out, since: map[key]time.Time{}, told: map[key]bool{}, parents: map[key]bool{}, outputs: map[key][]string{}}
	lines := make(chan string)
	go func() {
		defer close(lines)
		for r := bufio.NewReader(in); ; {
			line, err := r.ReadString('\n')
			if line != "" {
				lines <- line
			}
			if err != nil {
				return
			}
		}
	}()
	tick := time.NewTicker(look)
	defer tick.Stop()
	for {
		select {
		case line, ok := <-lines:
			if !ok {
				return
			}
			f.hear(line)
		case <-tick.C:
			f.tellLong()
		}
	}
}

// hear takes a line.
func (f *follower) hear(line string) {
	var e event
	if err := json.Unmarshal([]byte(line), &e); err != nil {
		io.WriteString(f.out, line) // said by go itself
		return
	}
	k := e.key()
	switch e.Action {
	case "run", "cont":
		f.since[k] = time.Now()
		if i := strings.LastIndex(k.test, "/"); i > 0 {
			f.parents[key{k.pkg, k.test[:i]}] = true
		}
	case "pause":
		delete(f.since, k)
	case "build-output":
		io.WriteString(f.out, e.Output)
	case "output":
		f.outputs[k] = append(f.outputs[k], e.Output)
	case "pass", "skip", "fail":
		f.end(k, e.Action == "fail")
	}
}

// end tells what is to be told of a test or a package that is over.
func (f *follower) end(k key, failed bool) {
	if f.told[k] {
		fmt.Fprintf(f.out, "    took %v: %s %s\n", f.taken(k), k.pkg, k.test)
	}
	for _, line := range f.outputs[k] {
		if failed || k.test == "" && (strings.HasPrefix(line, "ok ") || strings.HasPrefix(line, "? ")) {
			io.WriteString(f.out, line)
		}
	}
	delete(f.outputs, k)
	delete(f.since, k)
	delete(f.told, k)
	delete(f.parents, k)
}

// tellLong names the tests that take long, and were not named yet. Their
// subtests stand for those that have some.
func (f *follower) tellLong() {
	for k := range f.since {
		if k.test != "" && !f.told[k] && !f.parents[k] && f.taken(k) >= long {
			f.told[k] = true
			fmt.Fprintf(f.out, "    runs since %v: %s %s\n", f.taken(k), k.pkg, k.test)
		}
	}
}

// taken is how long a test has run, in whole seconds.
func (f *follower) taken(k key) time.Duration {
	return time.Since(f.since[k]).Truncate(time.Second)
}
