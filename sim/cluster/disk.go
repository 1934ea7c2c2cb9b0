package cluster

import (
	"maps"
	"math"

	"procession/sim/des"
	"procession/sim/scenario"
	"procession/sim/store"
	"procession/sim/trace"
)

// disk is what Redis keeps beyond its memory (store-persistence): with rdb all
// that it held when it last saved, with aof every change.
type disk struct {
	c       *Cluster
	changes int       // since the last save, or the start
	last    int64     // second of the last save, or of the start, since 1970
	due     int64     // moment of the next save; math.MaxInt64: none is due
	timer   des.Timer // runs until then
	image   *image    // what is on disk; nil: nothing
}

// image is what the store held at a moment.
type image struct {
	sessions []trace.SessionView
	count    int
	values   map[string]int32
}

// savePoint says when Redis saves: when so many keys were changed, and more
// than so many seconds have passed since the last save.
type savePoint struct {
	seconds int64
	changes int
}

// savePoints are Redis' own: save 3600 1 300 100 60 10000.
var savePoints = []savePoint{{3600, 1}, {300, 100}, {60, 10_000}}

func (d *disk) init(c *Cluster) {
	d.c = c
	d.timer.Init(c.env, d)
	d.begin()
}

// begin counts from now on: Redis starts, or has just saved.
func (d *disk) begin() {
	d.timer.Stop()
	d.changes, d.last, d.due = 0, (store.Epoch+d.c.now())/1_000_000, math.MaxInt64
}

// saves says whether the store saves by itself.
func (d *disk) saves() bool {
	return d.c.sc.StoreKind != scenario.Database && d.c.sc.StorePersistence == scenario.RDB
}

// changed counts what a command has changed, and finds the next save.
func (d *disk) changed(n int) {
	if d.changes += n; n == 0 || !d.saves() {
		return
	}
	due := d.due
	for _, p := range savePoints {
		if d.changes >= p.changes {
			due = min(due, (d.last+p.seconds+1)*1_000_000-store.Epoch)
		}
	}
	if due < d.due {
		d.due = max(due, d.c.now())
		d.timer.SetAt(d.due)
	}
}

// Fire is a moment at which Redis saves.
func (d *disk) Fire() {
	d.due = math.MaxInt64
	if d.saves() {
		d.save()
	}
}

// save writes everything to disk. It takes no time here.
func (d *disk) save() {
	d.write()
	d.c.emit(trace.Event{Kind: trace.StoreSaved, Count: int32(d.changes)})
	d.begin()
}

func (d *disk) write() {
	s := &d.c.store
	s.server.SetTime(d.c.now())
	s.server.Save()
	d.image = &image{sessions: s.views(), count: d.c.counts[trace.Store], values: maps.Clone(s.values)}
}

// die leaves on disk what is there when the server has ended: it saves when it
// was told to, and not when it was killed.
func (d *disk) die(why trace.Why) {
	switch {
	case d.c.sc.StorePersistence == scenario.AOF:
		d.write()
	case d.c.sc.StorePersistence == scenario.None:
		d.image = nil
	case why == trace.WhyShutdown:
		d.save()
	}
	d.timer.Stop()
}

// load reads what is on disk, but for what has expired since, and gives the
// sessions that are there again.
func (d *disk) load() []trace.SessionView {
	d.begin()
	if d.image == nil {
		return nil
	}
	c := d.c
	c.store.server.SetTime(c.now())
	c.store.server.Load()
	var back []trace.SessionView
	for _, s := range d.image.sessions {
		o := c.sids[s.Sid]
		if s.Until <= c.now() {
			o.home, o.why = 0, trace.WhyExpired
			continue
		}
		o.home, o.why = trace.Store, 0
		c.store.put(s.Sid, s.Data, s.Until)
		back = append(back, s)
	}
	c.counts[trace.Store] = d.image.count
	c.countVersion[trace.Store]++
	c.store.setValues(d.image.values)
	return back
}

// changedBy says how many keys a command has changed, as Redis counts them.
func changedBy(words words, reply any) int {
	switch words[0] {
	case "SET", "INCR":
		if reply == nil { // SET … NX found the key taken
			return 0
		}
		return 1
	case "EXPIRE", "DEL":
		n, _ := reply.(int64)
		return int(n)
	}
	return 0
}
