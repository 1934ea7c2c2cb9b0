package web

import (
	"context"
	"fmt"
	"strings"

	"procession/lessons"
	"procession/server/replay"
	"procession/server/wire"
	"procession/sim/scenario"
)

// playTo plays a run to a moment, virtual µs, and keeps all its events. The
// replay must be closed. The error is a sentence, replay.ErrBusy or the
// context's.
func (w *Web) playTo(ctx context.Context, sc scenario.Scenario, at int64) (*replay.Replay, error) {
	run, err := w.player.Begin(sc)
	if err != nil {
		return nil, err
	}
	for done := false; !done; {
		done, err = run.ToMoment(ctx, at)
		if err == nil && run.Log().Len() > lessons.MaxEvents {
			err = badRange(fmt.Sprintf("More than %d events happen in this run before %s; allowed: fewer visitors, a longer think or an earlier moment.", lessons.MaxEvents, scenario.FormatDuration(at)))
		}
		if err != nil {
			run.Close()
			return nil, err
		}
	}
	return run, nil
}

// takeKeys takes some keys out of a query, and leaves the scenario.
func takeKeys(query string, keys ...string) (rest string, values map[string]string) {
	values = map[string]string{}
	var parts []string
next:
	for part := range strings.SplitSeq(query, "&") {
		for _, k := range keys {
			if value, ok := strings.CutPrefix(part, k+"="); ok {
				values[k] = value
				continue next
			}
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "&"), values
}

func badKey(key, text string) *wire.Error {
	return &wire.Error{Code: wire.BadRange, Key: key, Text: text}
}
