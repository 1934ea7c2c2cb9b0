package cli

import (
	"io"
	"strings"

	"procession/sim/scenario"
)

// helpWidth is how wide the help is, in characters.
const helpWidth = 96

const helpHead = `Runs a scenario without a browser, as fast as it goes.

  procession run [flags] [SCENARIO]

SCENARIO is one of
  'mode=local&workers=2&script=login,visit*20'   keys and values, as in the page's address
  lesson.yaml                                    a file with the same keys, a line each: workers: 2
  -                                              either of them on standard input
Without one, the defaults below hold. Flags may stand before or after it.

Flags
  --until TIME     leave a run that has not ended at this virtual time (default 60s, at most 24h)
  --format FORMAT  what to write (default text):
      text     a sentence for each event
      ndjson   the trace: each event as a JSON object on a line; times are virtual microseconds
      summary  JSON: requests, hits, misses, logouts by chance, latency, throughput, cores,
               context switches, locks, the store, memory, by worker and visitor
      strip    a line per visitor, a cell per answer: worker A, B ..., then L login, O logout,
               C cart, R report, N count, T chat, M transfer, P poll, H a handler of one's own
               (=3: it shows a number), + logged in, - not logged in, ! no answer,
               4 turned away, 5 server error, then * cookie set, x cookie cleared; with
               turns=true one line named all
      redis    the store's commands, as redis-cli monitor prints them
      perfetto Chrome trace-event JSON: processes, threads and cores, for ui.perfetto.dev
  --only LIST      text and ndjson: only events of these kinds, or nouns: worker,lock.waited
  -h, --help       this text

Results go to standard output, errors to standard error. The exit code is 0, or 2 for bad input.

Examples
  procession run 'mode=local&workers=2&script=login,visit*20' --format strip
  procession run --format summary --until 20s 'mode=store&do=5s store down; 8s store up'
  procession run --only worker,lock,update 'mode=threads&lock=none&script=login,count*3'
  procession run --format perfetto 'mode=threads&workers=4&cores=2' > run.json

Keys of a scenario
`

// help writes what there is.
func help(w io.Writer) error {
	var b strings.Builder
	b.WriteString(helpHead)
	for _, k := range scenario.Keys() {
		b.WriteString("  " + k.Name + "\n")
		wrap(&b, k.Meaning)
		values := k.Values
		if k.Default != "" {
			values += "; default " + k.Default
		}
		wrap(&b, values)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// wrap writes a text in lines of at most helpWidth, indented.
func wrap(b *strings.Builder, text string) {
	const indent = "      "
	line := indent
	for _, word := range strings.Fields(text) {
		if len(line)+1+len(word) > helpWidth {
			b.WriteString(line + "\n")
			line = indent
		}
		if line != indent {
			line += " "
		}
		line += word
	}
	b.WriteString(line + "\n")
}
