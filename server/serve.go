package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"procession/internal/near"
	"procession/server/fair"
	"procession/server/program"
	"procession/server/room"
	"procession/server/web"
)

// serve answers "procession serve ...": it serves the page until a signal.
func serve(args []string, stdout, stderr io.Writer) int {
	m := &program.Main{Logger: slog.New(slog.NewTextHandler(stderr, nil))}
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // what it says of a mistake is all of its help
	addr := os.Getenv("ADDR")
	if addr == "" {
		addr = program.DefaultAddr
	}
	flags.StringVar(&m.Addr, "addr", addr, "where to listen: `HOST:PORT`, or a port alone for this computer only;\n:8080 lets other devices in. The environment variable ADDR does the same")
	open := flags.Bool("open", false, "open the page in the browser")
	flags.StringVar(&m.StoreAddr, "store-addr", "", "show the store of the latest room to redis-cli at `HOST:PORT`, read-only,\nfor example 127.0.0.1:6390")
	flags.StringVar(&m.Lessons, "lessons", "", "serve the lessons in the folder `DIR` instead of those that come with the program;\npages follow each change, and say what is wrong")
	flags.StringVar(&m.DebugAddr, "pprof", "", "serve the program's own profiles at `HOST:PORT`; its goroutines are named\nafter the simulated processes and threads that they are")
	flags.IntVar(&m.Rooms, "rooms", room.DefaultLimit, "how many rooms there can be at once: each page has one")
	flags.IntVar(&m.Sockets, "sockets", web.DefaultSockets, "how many websockets there can be at once: each page has one")
	var most memory
	flags.Var(&most, "memory", "how much memory the server may take, such as `512MB`: a third of it is for the rooms;\ndefault: what the environment variable GOMEMLIMIT says, else 2GiB")
	flags.DurationVar(&m.ClientCPU, "client-cpu", fair.DefaultClient, "how much processor time in a second a room or a connection may use in the long run;\nwho wants more waits for others, and is told to come back later")
	flags.DurationVar(&m.AddressCPU, "address-cpu", fair.DefaultAddress, "the same for all rooms and connections of an address, such as a class on one Wi-Fi")
	flags.Func("host", "a `NAME` by which the server is called, besides the addresses and names of this\ncomputer; for several, commas between or the flag again. Requests for others\nare turned away, since they come from pages that have no business here", func(text string) error {
		return addHosts(&m.Hosts, text)
	})
	flags.Func("trusted-proxies", "addresses (`CIDR`, commas between) of proxies before the server, which are\nbelieved what they say in X-Forwarded-For, -Host and -Proto; nobody else is", func(text string) error {
		return addProxies(&m.Proxies, text)
	})
	flags.Usage = func() {
		fmt.Fprint(flags.Output(), "Serves the page on which the runs are watched.\n\nUsage:\n  procession [serve] [flags]\n\nFlags:\n")
		flags.PrintDefaults()
	}
	for _, a := range args {
		if a == "-h" || a == "-help" || a == "--help" {
			flags.SetOutput(stdout) // asked for, so it is a result
		}
	}
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return exitOK
	case err != nil:
		fmt.Fprintf(stderr, "procession serve: %v%s; `procession serve -h` says what there is\n", err, meant(err, flags))
		return exitUsage
	case flags.NArg() > 0:
		fmt.Fprintf(stderr, "serve takes no argument, and was given %q; a scenario goes into the page's address, or to \"procession run\".\n", flags.Arg(0))
		return exitUsage
	case m.Rooms < 1:
		fmt.Fprintf(stderr, "-rooms must be at least 1, and is %d.\n", m.Rooms)
		return exitUsage
	case m.Sockets < 1:
		fmt.Fprintf(stderr, "-sockets must be at least 1, and is %d.\n", m.Sockets)
		return exitUsage
	case m.ClientCPU <= 0 || m.AddressCPU <= 0:
		fmt.Fprintln(stderr, "-client-cpu and -address-cpu must be more than 0, such as 250ms.")
		return exitUsage
	}
	m.Memory = most.limit()
	m.Turns = processors()

	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	if err := m.Run(); err != nil {
		fmt.Fprintln(stderr, err)
		return exitFailed
	}
	others := ""
	if u := m.NetworkURL(); u != "" {
		others = ", and for other devices at " + u
	}
	fmt.Fprintf(stdout, "Procession is at %s%s (Ctrl-C ends it)\n", m.URL(), others)
	if *open {
		if err := openBrowser(m.URL()); err != nil {
			fmt.Fprintf(stderr, "The browser could not be opened (%v); please open %s yourself.\n", err, m.URL())
		}
	}
	code := exitOK
	select {
	case <-signals:
		signal.Stop(signals) // a second one ends the program at once
	case err := <-m.Failed():
		fmt.Fprintln(stderr, err)
		code = exitFailed
	}
	m.Close()
	return code
}

// noFlag is what is said of a flag that there is not.
const noFlag = "flag provided but not defined: -"

// meant asks whether another flag was meant; empty when none is near.
func meant(err error, flags *flag.FlagSet) string {
	wrong, found := strings.CutPrefix(err.Error(), noFlag)
	if !found {
		return ""
	}
	var names []string
	flags.VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
	if name := near.Word(wrong, names); name != "" {
		return " (did you mean -" + name + "?)"
	}
	return ""
}
