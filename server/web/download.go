package web

import (
	"io"
	"net/http"
	"strings"

	"procession/server/problem"
	"procession/server/wire"
	"procession/sim"
	"procession/sim/perfetto"
	"procession/sim/play"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// export writes a run into a file, event by event.
type export interface {
	Add(l *trace.Log, e *trace.Event) error
	Close(now int64) error // at the end, with the virtual moment, µs, of it
}

// exports are the kinds of files by the ending of their names.
var exports = []struct {
	ending, contentType string
	begin               func(io.Writer) export
}{
	{".perfetto.json", "application/json", func(w io.Writer) export { return perfetto.NewWriter(w) }},
	{".ndjson", "application/x-ndjson", func(w io.Writer) export { return &ndjson{w: w} }},
}

// download gives the trace of a run up to a moment as a file:
// /trace/until/60s.ndjson?scenario.
func (w *Web) download(rw http.ResponseWriter, r *http.Request) error {
	name := strings.TrimPrefix(r.URL.Path, "/trace/until/")
	for _, x := range exports {
		text, ok := strings.CutSuffix(name, x.ending)
		if !ok {
			continue
		}
		until, err := scenario.ParseDuration(text, 1)
		if err != nil {
			return problem.Say(wire.BadRange, "file.moment", "trace", "value", problem.Quote(text), "example", "/trace/until/60s"+x.ending)
		}
		query, _ := withoutLanguage(r.URL.RawQuery)
		sc, err := scenario.Parse(query)
		if err != nil {
			return err
		}
		rw.Header().Set("Content-Disposition", `attachment; filename="procession-`+scenario.FormatDuration(until)+x.ending+`"`)
		if r.Method == http.MethodHead {
			rw.Header().Set("Content-Type", x.contentType)
			return nil
		}
		unhurried(rw)
		return w.player.begin(r.Context(), who(r), w.player.long, sc, func(run *sim.Run) error {
			return w.export(rw, r, run, until, x.contentType, x.begin)
		})
	}
	return problem.Say(wire.BadRange, "file.name", "trace", "value", problem.Quote(name))
}

// export writes what happens up to a moment while it is being played. An error
// before the first byte is returned; after it, the connection is cut off, so
// that nobody takes a part for the whole.
func (w *Web) export(rw http.ResponseWriter, r *http.Request, run *sim.Run, until int64, contentType string, begin func(io.Writer) export) error {
	var out *stream
	var file export
	seq := 0
	err := play.To(r.Context(), run, play.Bounds{Until: until, After: func() error {
		if out == nil {
			out = newStream(rw, r, contentType)
			file = begin(out)
		}
		log := run.Log()
		for seq < log.Len() {
			seq++
			if err := file.Add(log, log.At(seq)); err != nil {
				return err // a browser that went away
			}
		}
		log.Trim(0)
		return nil
	}}, w.player.turn(who(r)))
	switch {
	case err != nil && out == nil:
		return err
	case err != nil:
		if r.Context().Err() == nil {
			w.logger.Info("a download was cut off", "path", r.URL.Path, "reason", err)
		}
		panic(http.ErrAbortHandler)
	case file.Close(min(until, run.Now())) == nil:
		_ = out.Close()
	}
	return nil
}

// ndjson writes each event as one JSON object on a line.
type ndjson struct {
	w   io.Writer
	buf []byte
}

func (n *ndjson) Add(l *trace.Log, e *trace.Event) error {
	n.buf = append(l.AppendJSON(n.buf[:0], e), '\n')
	_, err := n.w.Write(n.buf)
	return err
}

func (n *ndjson) Close(int64) error { return nil }

var (
	_ export = (*ndjson)(nil)
	_ export = (*perfetto.Writer)(nil)
)
