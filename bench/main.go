// Command bench holds Procession to its numbers: each figure is the median of
// an odd number of rounds in which ours and the peer, or the limit, take turns,
// and each goal is a ratio between them. A ratio that is good on one machine is
// good on another; a figure is not.
//
//	go run .                     everything
//	go run . w1 w2               only these
//	go run . -rounds 21 w1       more rounds
//
// It exits with 1 when a goal is missed, and with 2 on bad input.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// leastRounds is the fewest rounds whose median is worth printing, usualRounds
// how many there are unless the flag says otherwise. Many short ones suffer less
// from a busy machine than a few long ones; but a round must be long enough for
// the garbage collector to have its say, with peers that need it.
const (
	leastRounds = 9
	usualRounds = 21
)

// benches has what can be measured, in the order of the output.
var benches = []struct {
	name  string
	about string
	run   func(rounds int) (report, error)
}{
	{"w1", "K = 8 processes, each waiting for 1 µs again and again", w1},
	{"w2", "jobs come in, a queue, 8 workers, 2 cores (for simgo: tokens) at 95 % load", w2},
	{"request", "a headless run: costs=measured, think=0, a connection per request, trace kept, summary at the end", request},
	{"rooms", "2,000 rooms that play the default scenario, a socket on each", rooms},
	{"attack", "100 hostile sockets of one address do their worst for forty seconds", attack},
	{"frames", "the page in Chromium at 1280×800: eight seconds of each scene", frames},
}

func main() {
	if addr := os.Getenv(attackRole); addr != "" {
		attackers(addr)
		return
	}
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, out, errs io.Writer) int {
	var names []string
	for _, b := range benches {
		names = append(names, b.name)
	}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(errs)
	rounds := flags.Int("rounds", usualRounds, "how many `rounds`: odd, at least 9")
	flags.Usage = func() {
		fmt.Fprintf(errs, "bench [-rounds n] [%s …]\n", strings.Join(names, " | "))
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if *rounds < leastRounds || *rounds%2 == 0 {
		fmt.Fprintf(errs, "rounds is %d, but must be odd and at least %d\n", *rounds, leastRounds)
		return 2
	}
	for _, name := range flags.Args() {
		if !slices.Contains(names, name) {
			fmt.Fprintf(errs, "there is no benchmark %q; there are: %s\n", name, strings.Join(names, ", "))
			return 2
		}
	}
	met := true
	for _, b := range benches {
		if flags.NArg() > 0 && !slices.Contains(flags.Args(), b.name) {
			continue
		}
		r, err := b.run(*rounds)
		if err != nil {
			fmt.Fprintf(errs, "%s: %v\n", b.name, err)
			return 1
		}
		fmt.Fprintf(out, "%s: %s\n", b.name, b.about)
		r.print(out)
		met = met && r.met()
	}
	if !met {
		return 1
	}
	return 0
}
