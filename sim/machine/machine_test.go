package machine_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"procession/sim/des"
	"procession/sim/machine"
	"procession/sim/trace"
)

// burst is a job that computes some pieces with pauses between, and notes when
// it was done.
type burst struct {
	env    *des.Env
	pieces []int64
	pause  int64
	done   *[]string
	name   string
	end    int64
}

func (b *burst) Run(t *machine.Task) {
	for i, d := range b.pieces {
		if i > 0 && b.pause > 0 {
			t.Pause(b.pause)
		}
		t.Compute(d)
	}
	b.end = b.env.Now()
	*b.done = append(*b.done, b.name)
}

// start begins a job at a moment.
type start struct {
	thread *machine.Thread
	job    machine.Job
}

func (s *start) Fire() { s.thread.Run(s.job, 0) }

// finish lets everything happen that is scheduled.
func finish(env *des.Env) {
	for at, ok := env.Peek(); ok; at, ok = env.Peek() {
		env.RunUntil(at)
	}
}

// slice is a stretch of time that a thread had on a core, its switch apart.
type slice struct {
	pid, tid, core int16
	from, to, cost int64
}

// slices rebuilds from the trace alone who had which core when.
func slicesOf(log *trace.Log) []slice {
	open := map[int16]*slice{}
	var out []slice
	end := func(core int16, at int64) {
		if s := open[core]; s != nil {
			s.to = at
			out = append(out, *s)
			delete(open, core)
		}
	}
	for i := 1; i <= log.Len(); i++ {
		switch e := log.At(i); e.Kind {
		case trace.CoreSwitch:
			end(e.Core, e.Ts)
			open[e.Core] = &slice{pid: e.Pid, tid: e.Tid, core: e.Core, from: e.Until, cost: e.Until - e.Ts}
		case trace.CoreIdle:
			end(e.Core, e.Ts)
		}
	}
	return out
}

// TestScheduler holds the scheduler to its laws, for all machines and loads:
// no core runs two threads and no thread runs on two cores; a core never idles
// while a thread waits; all CPU time asked for is given, no more and no less;
// time never goes back; nobody starves.
func TestScheduler(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cores := rapid.IntRange(1, 4).Draw(t, "cores")
		costs := machine.Costs{
			Quantum:       rapid.SampledFrom([]int64{0, 1, 5, 50}).Draw(t, "quantum"),
			SwitchProcess: rapid.Int64Range(0, 5000).Draw(t, "switch process"),
			SwitchThread:  rapid.Int64Range(0, 3000).Draw(t, "switch thread"),
		}
		env, log := des.NewEnv(), trace.NewLog()
		defer env.Close()
		m := machine.New(env, log, cores, costs)
		asked := map[[2]int16]int64{}
		var jobs []*burst
		var done []string
		for pid := range rapid.IntRange(1, 4).Draw(t, "processes") {
			threads := rapid.IntRange(1, 3).Draw(t, "threads")
			p := m.Spawn(machine.Spec{Pid: pid + 1, Life: 1, Threads: threads})
			for tid := 1; tid <= threads; tid++ {
				for range rapid.IntRange(0, 4).Draw(t, "jobs") {
					b := &burst{env: env, done: &done, name: fmt.Sprint(len(jobs)),
						pieces: rapid.SliceOfN(rapid.Int64Range(0, 40), 1, 4).Draw(t, "pieces"),
						pause:  rapid.Int64Range(0, 30).Draw(t, "pause")}
					jobs = append(jobs, b)
					for _, d := range b.pieces {
						asked[[2]int16{int16(pid + 1), int16(tid)}] += d
					}
					env.Schedule(rapid.Int64Range(0, 60).Draw(t, "begin"), &start{p.Thread(tid), b})
				}
			}
		}
		finish(env)

		if len(done) != len(jobs) {
			t.Fatalf("%d of %d jobs came to their end", len(done), len(jobs))
		}
		given := map[[2]int16]int64{}
		all := slicesOf(log)
		for i, a := range all {
			if a.to < a.from && a.to != a.from-a.cost {
				t.Fatalf("a slice that ends before it begins: %+v", a)
			}
			given[[2]int16{a.pid, a.tid}] += max(0, a.to-a.from)
			for _, b := range all[i+1:] {
				overlap := a.from-a.cost < b.to && b.from-b.cost < a.to
				if overlap && a.core == b.core {
					t.Fatalf("core %d runs two threads: %+v %+v", a.core, a, b)
				}
				if overlap && a.pid == b.pid && a.tid == b.tid {
					t.Fatalf("a thread runs on two cores: %+v %+v", a, b)
				}
			}
		}
		for who, want := range asked {
			if given[who] != want {
				t.Fatalf("thread %d of process %d asked for %d µs and had %d", who[1], who[0], want, given[who])
			}
		}
		checkQueue(t, log, cores)
	})
}

// checkQueue replays the trace: while a thread waits, all cores are busy; with
// no time slices, threads get a core in the order in which they came to wait.
func checkQueue(t *rapid.T, log *trace.Log, cores int) {
	type thread struct{ pid, tid int16 }
	var waiting []thread
	busy := map[int16]bool{}
	last := int64(0)
	for i := 1; i <= log.Len(); i++ {
		e := log.At(i)
		if e.Ts < last {
			t.Fatalf("time goes back from %d to %d", last, e.Ts)
		}
		if e.Ts > last && len(waiting) > 0 && len(busy) < cores {
			t.Fatalf("at %d a core idles while %v wait", last, waiting)
		}
		last = e.Ts
		who := thread{e.Pid, e.Tid}
		switch e.Kind {
		case trace.ThreadReady:
			waiting = append(waiting, who)
		case trace.CoreSwitch:
			busy[e.Core] = true
			if at := slices.Index(waiting, who); at > 0 {
				t.Fatalf("thread %v gets a core before %v, which came first", who, waiting[0])
			} else if at == 0 {
				waiting = waiting[1:]
			}
		case trace.CoreIdle:
			delete(busy, e.Core)
		}
	}
	if len(waiting) > 0 {
		t.Fatalf("at the end %v still wait", waiting)
	}
}

// reacher tries to read another process's memory.
type reacher struct{ other *machine.Memory }

func (r *reacher) Run(t *machine.Task) { r.other.Get(t, "secret") }

// keeper hands its own memory out, which nothing in the simulator does.
type keeper struct{ mem *machine.Memory }

func (k *keeper) Run(t *machine.Task) { k.mem = t.Memory() }

// TestIsolation: a process that reaches into another one's memory dies of it,
// and nothing else does.
func TestIsolation(t *testing.T) {
	env, log := des.NewEnv(), trace.NewLog()
	defer env.Close()
	m := machine.New(env, log, 1, machine.Costs{})
	var failed []int
	spawn := func(pid int) *machine.Process {
		return m.Spawn(machine.Spec{Pid: pid, Life: 1, Threads: 1, OnPanic: func(p *machine.Process, _ *des.Panic) {
			failed = append(failed, p.Pid)
			p.Kill()
		}})
	}
	a, b := spawn(1), spawn(2)
	k := &keeper{}
	a.Thread(1).Run(k, 0)
	finish(env)
	b.Thread(1).Run(&reacher{k.mem}, 0)
	finish(env)
	if !slices.Equal(failed, []int{2}) || !b.Dead() || a.Dead() {
		t.Errorf("failed: %v, want only process 2", failed)
	}
}

// visitOf is an access to the memory that takes some time.
type visitOf struct {
	write bool
	takes int64
	safe  bool
}

func (v *visitOf) Run(t *machine.Task) {
	if v.safe = t.Memory().Enter(t, v.write); v.safe {
		t.Compute(v.takes)
		t.Memory().Leave(t)
	}
}

// TestEnter: what is noticed of two threads in the memory is what Go's runtime
// looks for: one comes while the other one writes.
func TestEnter(t *testing.T) {
	for _, test := range []struct {
		name          string
		first, second bool // write
		at            int64
		safe          bool
	}{
		{"two readers", false, false, 5, true},
		{"a reader while another writes", true, false, 5, false},
		{"a writer while another writes", true, true, 5, false},
		{"a writer while another reads, as in Go", false, true, 5, true},
		{"a reader after a writer", true, false, 15, true},
	} {
		env, log := des.NewEnv(), trace.NewLog()
		m := machine.New(env, log, 2, machine.Costs{})
		p := m.Spawn(machine.Spec{Pid: 1, Life: 1, Threads: 2})
		first, second := &visitOf{write: test.first, takes: 10}, &visitOf{write: test.second, takes: 10}
		env.Schedule(0, &start{p.Thread(1), first})
		env.Schedule(test.at, &start{p.Thread(2), second})
		finish(env)
		if !first.safe || second.safe != test.safe {
			t.Errorf("%s: safe %t and %t, want true and %t", test.name, first.safe, second.safe, test.safe)
		}
		env.Close()
	}
}

// TestFIFO: without time slices, one core does jobs in the order of coming.
func TestFIFO(t *testing.T) {
	env, log := des.NewEnv(), trace.NewLog()
	defer env.Close()
	m := machine.New(env, log, 1, machine.Costs{SwitchProcess: 2000})
	var done []string
	for i := range 5 {
		p := m.Spawn(machine.Spec{Pid: i + 1, Life: 1, Threads: 1})
		p.Thread(1).Run(&burst{env: env, pieces: []int64{int64(50 - 10*i)}, done: &done, name: fmt.Sprint(i)}, 0)
	}
	finish(env)
	if want := []string{"0", "1", "2", "3", "4"}; !slices.Equal(done, want) {
		t.Errorf("got %v, want %v", done, want)
	}
	if got, want := env.Now(), int64(50+40+30+20+10+5*2); got != want {
		t.Errorf("it took %d µs, want %d", got, want)
	}
}

// TestSwitchTime: virtual time has whole microseconds, yet a hundred switches
// of 1.45 µs and a hundred of 1.32 µs take 145 and 132 µs.
func TestSwitchTime(t *testing.T) {
	for _, test := range []struct {
		threads int // of each process
		want    int64
	}{{1, 145}, {2, 132}} {
		env, log := des.NewEnv(), trace.NewLog()
		m := machine.New(env, log, 1, machine.Costs{SwitchProcess: 1450, SwitchThread: 1320})
		threads := []*machine.Thread{}
		for pid := 1; len(threads) < 2; pid++ {
			p := m.Spawn(machine.Spec{Pid: pid, Life: 1, Threads: test.threads})
			for tid := range test.threads {
				threads = append(threads, p.Thread(tid+1))
			}
		}
		var done []string
		took := int64(0)
		turn := func(i int) int64 {
			begun := env.Now()
			threads[i%2].Run(&burst{env: env, done: &done}, 0)
			finish(env)
			return env.Now() - begun
		}
		turn(0) // the first turns a fresh core to a process
		for i := range 100 {
			took += turn(i + 1)
		}
		if diff := took - test.want; diff < -1 || diff > 1 {
			t.Errorf("%d threads a process: 100 switches took %d µs, want %d", test.threads, took, test.want)
		}
		env.Close()
	}
}

// TestSeemsSimultaneous: with slices on one core, two equal jobs end together;
// on two cores they take half of the time.
func TestSeemsSimultaneous(t *testing.T) {
	for cores, want := range map[int][2]int64{1: {190, 200}, 2: {100, 100}} {
		env, log := des.NewEnv(), trace.NewLog()
		m := machine.New(env, log, cores, machine.Costs{Quantum: 10})
		var done []string
		var jobs [2]*burst
		for i := range jobs {
			jobs[i] = &burst{env: env, pieces: []int64{100}, done: &done, name: fmt.Sprint(i)}
			m.Spawn(machine.Spec{Pid: i + 1, Life: 1, Threads: 1}).Thread(1).Run(jobs[i], 0)
		}
		finish(env)
		if got := [2]int64{jobs[0].end, jobs[1].end}; got != want {
			t.Errorf("%d cores: the jobs end at %v, want %v", cores, got, want)
		}
		env.Close()
	}
}
