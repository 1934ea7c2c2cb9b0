package web

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"procession/lessons"
	"procession/server/fair"
	"procession/sim"
	"procession/sim/play"
	"procession/sim/scenario"
	"procession/sim/trace"
)

const (
	// askWait is how long somebody who asks about a run waits for a turn, before
	// being told to come back.
	askWait = 5 * time.Second

	// How many runs are played at once, and how many of them for one address: so
	// many are held in memory. Short are those with at most lessons.MaxEvents.
	shortPlays, shortPlaysOfOne = 6, 4
	longPlays, longPlaysOfOne   = 6, 3
)

// player plays runs for those who ask about them.
type player struct {
	logger      *slog.Logger
	new         func(scenario.Scenario) *sim.Run
	turns       *fair.Queue // of the processor
	short, long *fair.Queue // to play at all
}

func newPlayer(turns *fair.Queue, logger *slog.Logger) *player {
	// What it takes is paid for with the turns.
	free := fair.Rate{PerSecond: time.Hour, Burst: time.Hour}
	return &player{
		logger: logger,
		new:    sim.New,
		turns:  turns,
		short:  fair.New(fair.Options{Turns: shortPlays, PerAddress: shortPlaysOfOne, Client: free, Address: free}),
		long:   fair.New(fair.Options{Turns: longPlays, PerAddress: longPlaysOfOne, Client: free, Address: free}),
	}
}

// begin begins a run for somebody and hands it on; it is closed afterwards.
// among says with which others. The error is on's, why the run cannot go on, a
// *fair.Busy or the context's.
func (p *player) begin(ctx context.Context, who fair.Who, among *fair.Queue, sc scenario.Scenario, on func(*sim.Run) error) error {
	var err error
	busy := among.Within(ctx, who, askWait, func(func() bool) {
		var run *sim.Run
		err = p.turns.Within(ctx, who, askWait, func(func() bool) { run = p.new(sc) })
		if err != nil {
			return
		}
		defer run.Close()
		if err = on(run); err == nil {
			err = run.Err()
		}
	})
	if broken := (*sim.Broken)(nil); errors.As(err, &broken) {
		p.logger.Error("a run broke", "scenario", broken.Scenario, "at", broken.At, "panic", broken.Value, "stack", string(broken.Stack))
	}
	return cmp.Or(busy, err)
}

// who says who asks: a connection, of the address that it comes from.
func who(r *http.Request) fair.Who {
	return fair.Who{Client: r.RemoteAddr, Address: address(r)}
}

// turn is the turn of somebody.
func (p *player) turn(who fair.Who) play.Turn {
	return func(ctx context.Context, slice func(spent func() bool)) error { return p.turns.Do(ctx, who, slice) }
}

// to plays a run to a moment, virtual µs, and hands it on, with the last of its
// events: keep says how many. The error may also be a *play.TooMany.
func (p *player) to(ctx context.Context, who fair.Who, sc scenario.Scenario, at int64, keep int, on func(*sim.Run) error) error {
	return p.begin(ctx, who, p.short, sc, func(run *sim.Run) error {
		trim := func() error {
			run.Log().Trim(keep)
			return nil
		}
		if err := play.To(ctx, run, play.Bounds{Until: at, Events: lessons.MaxEvents, After: trim}, p.turn(who)); err != nil {
			return err
		}
		return on(run)
	})
}

// watch plays a run to a moment, virtual µs, has every event noted, and hands
// the run on. The error may also be a *play.TooMany.
func (p *player) watch(ctx context.Context, who fair.Who, sc scenario.Scenario, at int64, note func(*trace.Log, *trace.Event), on func(*sim.Run) error) error {
	return p.begin(ctx, who, p.short, sc, func(run *sim.Run) error {
		seq := 0
		after := func() error {
			log := run.Log()
			for seq < log.Len() {
				seq++
				note(log, log.At(seq))
			}
			log.Trim(1)
			return nil
		}
		if err := play.To(ctx, run, play.Bounds{Until: at, Events: lessons.MaxEvents, After: after}, p.turn(who)); err != nil {
			return err
		}
		return on(run)
	})
}

// past plays a run until it has an event with the number to, or ends, and hands
// it on with the events from the number from on. The error may also be why the
// run cannot go on.
func (p *player) past(ctx context.Context, who fair.Who, sc scenario.Scenario, from, to int, on func(*sim.Run) error) error {
	among := p.short
	if to > lessons.MaxEvents {
		among = p.long
	}
	return p.begin(ctx, who, among, sc, func(run *sim.Run) error {
		trim := func() error {
			run.Log().Trim(max(0, run.Log().Len()-from+1))
			return nil
		}
		if err := play.To(ctx, run, play.Bounds{Until: scenario.MaxTime, Seq: to, After: trim}, p.turn(who)); err != nil {
			return err
		}
		return on(run)
	})
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
