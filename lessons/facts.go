package lessons

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"procession/sim/scenario"
	"procession/sim/stats"
	"procession/sim/trace"
)

// Facts is what a run came to up to a moment, as expressions ask for it.
type Facts struct {
	log *trace.Log
	to  int // Seq of the last event that counts

	env      env
	scene    scenario.Scenario // as it is at the moment
	over     []*trace.Event    // RequestDone, in order
	streak   int               // of them, at the end, that went well
	joined   []trace.TextID    // all who were ever there, in the order of joining
	names    []string          // of them
	letters  map[int16]byte    // of the workers that have answered, in that order
	sessions map[trace.Memory]map[trace.TextID]bool
	counters map[trace.Memory]int
	kept     map[trace.Memory]map[string]int // what handlers of an author's own keep, by name
	process  map[int16]trace.Memory          // the present memory of a worker
	lists    map[string][]happen             // of events that were asked for
	chat     map[trace.TextID][2]int         // messages that a visitor heard, and did not
}

// FactsOf gives what the events of a log up to a moment (virtual µs) come to.
// The log must still hold all its events.
func FactsOf(log *trace.Log, now int64) *Facts {
	f := &Facts{log: log, letters: map[int16]byte{}, sessions: map[trace.Memory]map[trace.TextID]bool{},
		counters: map[trace.Memory]int{}, kept: map[trace.Memory]map[string]int{}, process: map[int16]trace.Memory{}, lists: map[string][]happen{}, chat: map[trace.TextID][2]int{}}
	counter := stats.NewCounter()
	for seq := log.First(); seq <= log.Len(); seq++ {
		e := log.At(seq)
		if e.Ts > now {
			break
		}
		f.to = seq
		counter.Add(log, e)
		f.add(e)
		if e.Kind == trace.RunEnded {
			now = e.Ts
			break
		}
	}
	f.summarise(counter.SummaryAt(now))
	return f
}

// add follows what the summary does not count.
func (f *Facts) add(e *trace.Event) {
	switch e.Kind {
	case trace.RunStarted:
		sc, err := scenario.Parse(f.log.Text(e.Text))
		if err != nil {
			sc = scenario.Default() // a trace of another version
		}
		f.scene = sc
	case trace.ScenarioSet:
		key, value, _ := strings.Cut(f.log.Text(e.Text), "=")
		// A key that this version does not have changes nothing.
		_ = f.scene.Set(key, value)
	case trace.VisitorJoined:
		if _, again := f.chat[e.Visitor]; !again {
			f.chat[e.Visitor] = [2]int{}
			f.joined = append(f.joined, e.Visitor)
			f.names = append(f.names, f.log.Text(e.Visitor))
		}
	case trace.WorkerStarting:
		f.process[e.Pid] = e.Mem
	case trace.WorkerCrashed, trace.WorkerStopped:
		delete(f.sessions, e.Mem)
		delete(f.counters, e.Mem)
		delete(f.kept, e.Mem)
	case trace.SessionSaved, trace.SessionLoaded:
		if f.sessions[e.Mem] == nil {
			f.sessions[e.Mem] = map[trace.TextID]bool{}
		}
		f.sessions[e.Mem][e.Sid] = true
	case trace.SessionDestroyed, trace.SessionExpired, trace.SessionEvicted:
		delete(f.sessions[e.Mem], e.Sid)
	case trace.StoreDown:
		if f.scene.StoreKind != scenario.Database { // which is durable
			delete(f.sessions, trace.Store)
			delete(f.counters, trace.Store)
			delete(f.kept, trace.Store)
		}
	case trace.ValueWritten:
		if f.kept[e.Mem] == nil {
			f.kept[e.Mem] = map[string]int{}
		}
		f.kept[e.Mem][f.log.Text(e.Text)] = int(e.Count)
	case trace.CounterCounted:
		f.counters[e.Mem] = int(e.Count)
	case trace.ChatDelivered, trace.ChatMissed:
		n := f.chat[e.Visitor]
		if e.Kind == trace.ChatDelivered {
			n[0]++
		} else {
			n[1]++
		}
		f.chat[e.Visitor] = n
	case trace.RequestDone:
		f.over = append(f.over, e)
		f.streak++
		if came := e.Outcome(); came == trace.ByChance || came.Broke() {
			f.streak = 0
		}
		if _, known := f.letters[e.Pid]; !known && answered(e) {
			f.letters[e.Pid] = 'A' + byte(len(f.letters))
		}
	}
}

// answered says whether a worker gave an answer to a request that is over.
func answered(e *trace.Event) bool { return e.Pid != 0 && e.Outcome() != trace.Reset }

// summarise makes the names of expressions from the summary.
func (f *Facts) summarise(s stats.Summary) {
	f.env = env{
		Scenario: s.Scenario, Duration: int(s.Duration), Ended: s.Ended,
		Requests: s.Requests, InFlight: s.InFlight, Hits: s.Hits, Misses: s.Misses, HitRatio: -1,
		Logouts: s.Logouts, Streak: f.streak, Welcome: s.Welcome, Denied: s.Denied, Errors: s.Errors, Resets: s.Resets,
		Commands: s.Commands, Crashes: s.Crashes, LostUpdates: s.LostUpdates, ReplacedCookies: s.ReplacedCookies,
		RevivedSessions: s.RevivedSessions, Deadlocks: s.Deadlocks,
		Heard: s.Heard, Unheard: s.Unheard, Jobs: s.Jobs, Throughput: s.Throughput,
		Latency:  latency{int(s.Latency.P50), int(s.Latency.P95), int(s.Latency.P99)},
		Switches: switches(s.Switches), Memory: memory(s.Memory),
		Locks: locks{s.Locks.Taken, s.Locks.Waits, int(s.Locks.Total), int(s.Locks.Max)},
		Store: store{s.Store.Trips, int(s.Store.Mean)},
		P50:   int(s.Latency.P50), P95: int(s.Latency.P95), P99: int(s.Latency.P99),
		Busy: len(f.letters), Mode: f.scene.Mode,
		Value: f.value, Visitor: f.visitor, Worker: f.worker, Strip: f.strip,
		Counter: f.counter, Kept: f.keeps, Sessions: f.held, Last: f.last, After: f.after, Events: f.events,
	}
	if s.HitRatio != nil {
		f.env.HitRatio = *s.HitRatio
	}
	for _, c := range s.Cores {
		f.env.Cores = append(f.env.Cores, core{int(c.Core), c.Busy, c.Switching, c.Idle})
	}
	for _, w := range s.Workers {
		f.env.Workers = append(f.env.Workers, workerFacts{Pid: int(w.Pid), Requests: w.Requests, Hits: w.Hits, Misses: w.Misses, Crashes: w.Crashes,
			Run: int(w.Run), Ready: int(w.Ready), Switching: int(w.Switching), Blocked: int(w.Blocked), Sessions: len(f.sessions[f.process[w.Pid]])})
	}
	own := map[trace.TextID][]*trace.Event{}
	for _, e := range f.over {
		own[e.Visitor] = append(own[e.Visitor], e)
	}
	for i, id := range f.joined {
		w := windowOf(own[id])
		f.env.Visitors = append(f.env.Visitors, visitor{Name: f.names[i], Requests: w.Requests, Hits: w.Hits, Misses: w.Misses, Logouts: w.Logouts,
			Welcome: w.Welcome, Denied: w.Denied, Errors: w.Errors, Resets: w.Resets, Slowest: w.Slowest, Heard: f.chat[id][0], Unheard: f.chat[id][1]})
	}
}

// value gives the present value of a key of the scenario.
func (f *Facts) value(key string) (string, error) {
	v, ok := f.scene.Values()[key]
	if !ok {
		return "", noKey(key)
	}
	return v, nil
}

// visitor gives what is known of a visitor.
func (f *Facts) visitor(name string) (visitor, error) {
	for _, v := range f.env.Visitors {
		if v.Name == name {
			return v, nil
		}
	}
	return visitor{}, f.nobody(name)
}

// nobody says that there is no such visitor.
func (f *Facts) nobody(name string) error {
	return fmt.Errorf("nobody is called %s in this run; there are %s", show(name), list(f.names[:min(len(f.names), maxEntries)]))
}

// worker gives what is known of a worker.
func (f *Facts) worker(pid int) (workerFacts, error) {
	for _, w := range f.env.Workers {
		if w.Pid == pid {
			return w, nil
		}
	}
	return workerFacts{}, fmt.Errorf("there is no worker %d in this run; it has %s", pid, counted(len(f.env.Workers), "worker"))
}

// strip gives the answers that a visitor got, in the cell notation of
// procession run --format strip; "all" are those of everybody.
func (f *Facts) strip(name string) (string, error) {
	all := name == "all"
	if !all && !oneOf(name, f.names) {
		return "", f.nobody(name)
	}
	var cells []string
	for _, e := range f.over {
		if !all && f.log.Text(e.Visitor) != name {
			continue
		}
		cell := f.log.Mark(e) + trace.CookieMark(e.Cookie)
		if letter, ok := f.letters[e.Pid]; ok {
			cell = string(letter) + cell
		}
		cells = append(cells, cell)
	}
	return strings.Join(cells, " "), nil
}

// place finds the memory of "store" or of a worker's process.
func (f *Facts) place(of any) (trace.Memory, error) {
	switch of := of.(type) {
	case string:
		if of == "store" {
			return trace.Store, nil
		}
	case int:
		if mem, ok := f.process[int16(of)]; ok && of > 0 && of <= scenario.MaxWorkers {
			return mem, nil
		}
	}
	return 0, fmt.Errorf("%s names no memory of this run; it is \"store\" or the number of one of its %s", show(fmt.Sprint(of)), counted(len(f.process), "worker"))
}

// counter gives what the counter in a memory says.
func (f *Facts) counter(of any) (int, error) {
	mem, err := f.place(of)
	return f.counters[mem], err
}

// keeps gives the number that a handler of the author's own keeps under a name
// in a memory; 0 where there is none.
func (f *Facts) keeps(of any, name string) (int, error) {
	mem, err := f.place(of)
	return f.kept[mem][name], err
}

// held gives the number of sessions in a memory.
func (f *Facts) held(of any) (int, error) {
	mem, err := f.place(of)
	return len(f.sessions[mem]), err
}

// last gives what the last n requests that are over came to.
func (f *Facts) last(n int) (window, error) {
	if n < 1 {
		return window{}, fmt.Errorf("last(%d): the number of requests is 1 or more", n)
	}
	return windowOf(f.over[max(0, len(f.over)-n):]), nil
}

// after gives what the requests that were over after a moment came to.
func (f *Facts) after(moment int) window {
	i, _ := slices.BinarySearchFunc(f.over, int64(moment)+1, func(e *trace.Event, at int64) int { return int(e.Ts - at) })
	return windowOf(f.over[i:])
}

// windowOf adds requests up.
func windowOf(over []*trace.Event) window {
	var t trace.Totals
	busy := map[int16]bool{}
	durations := make([]int64, len(over))
	for i, e := range over {
		t.Add(e)
		durations[i] = e.Dur
		busy[e.Pid] = busy[e.Pid] || answered(e)
	}
	w := window{Requests: t.Requests, Hits: t.Hits, Misses: t.Misses, Logouts: t.Logouts,
		Welcome: t.Welcome, Denied: t.Denied, Errors: t.Errors, Resets: t.Resets}
	for _, answers := range busy {
		if answers {
			w.Busy++
		}
	}
	slices.Sort(durations)
	rank := func(percent int) int {
		if len(durations) == 0 {
			return 0
		}
		return int(durations[(len(durations)*percent+99)/100-1]) // the nearest rank
	}
	w.P50, w.P95, w.P99, w.Slowest = rank(50), rank(95), rank(99), rank(100)
	return w
}

// events gives the events of a kind.
func (f *Facts) events(kind string) ([]happen, error) {
	if all, ok := f.lists[kind]; ok {
		return all, nil
	}
	if !oneOf(kind, kindNames()) {
		return nil, fmt.Errorf("there is no kind of event %s%s; the kinds are %s", show(kind), meant(kind, kindNames()), list(kindNames()))
	}
	all := []happen{}
	for seq := f.log.First(); seq <= f.to; seq++ {
		if e := f.log.At(seq); e.Kind.String() == kind {
			all = append(all, f.happening(e))
		}
	}
	f.lists[kind] = all
	return all, nil
}

// happening gives an event with texts.
func (f *Facts) happening(e *trace.Event) happen {
	return happen{
		Kind: e.Kind.String(), Ts: int(e.Ts), Until: int(e.Until), Dur: int(e.Dur),
		Req: int(e.Req), Visitor: f.log.Text(e.Visitor), Op: f.log.OpWord(e.Op), Conn: int(e.Conn),
		Pid: int(e.Pid), Tid: int(e.Tid), Core: int(e.Core), Sid: f.log.Text(e.Sid), Status: int(e.Status),
		Session: e.Session.String(), Cookie: e.Cookie.String(), Why: e.Why.String(),
		Text: f.log.Text(e.Text), Note: f.log.Text(e.Note), Threads: int(e.Threads), Chance: int(e.Chance), Count: int(e.Count),
		Mem: memoryName(e.Mem), Made: memoryName(e.Made), Home: memoryName(e.Home),
	}
}

// memoryName names a memory: "1" for that of process 1, in any of its lives.
func memoryName(m trace.Memory) string {
	switch {
	case m == trace.Store:
		return "store"
	case m == trace.Jar:
		return "cookie"
	case m > 0:
		return strconv.Itoa(m.Pid())
	}
	return ""
}

// kindNames gives the names of all kinds of events.
func kindNames() []string {
	var names []string
	for _, k := range trace.Kinds() {
		names = append(names, k.String())
	}
	return names
}
