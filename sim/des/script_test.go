package des_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"procession/sim/des"
)

// op is one step of what a process does; n is a delay, or the number of a
// process.
type op struct {
	do string
	n  int
}

var doings = []string{
	"timeout", "timeout", "timeout", "get", "put", "request", "release", "park", "wake", "wake", "interrupt", "kill",
}

// places is the capacity of the one resource.
const places = 2

// played is what came of scripts: lines "moment process.step result".
type played []string

func (l *played) note(now des.Time, proc, step int, result any) {
	*l = append(*l, fmt.Sprint(now, " ", proc, ".", step, " ", result))
}

// play lets the engine do the scripts.
func play(scripts [][]op, drive func(env *des.Env)) (out played, steps int64) {
	env := des.NewEnv()
	defer env.Close()
	q, r := des.NewQueue[int](env), env.NewResource(places)
	procs := make([]*des.Proc, len(scripts))
	parked := make([]bool, len(scripts))
	for i, script := range scripts {
		procs[i] = env.Start(des.Label{}, func(p *des.Proc) {
			for step, op := range script {
				var result any = true
				switch op.do {
				case "timeout":
					result = p.Timeout(des.Time(op.n)) == nil
				case "get":
					v, err := q.Get(p)
					result = fmt.Sprint(v, err == nil)
				case "put":
					q.Put(100*i + step)
				case "request":
					result = r.Request(p) == nil
				case "release":
					if r.InUse() > 0 {
						r.Release()
					}
				case "park":
					parked[i] = true
					result = p.Park() == nil
					parked[i] = false
				case "wake":
					if parked[op.n] {
						parked[op.n] = false
						procs[op.n].Wake()
					}
				case "interrupt":
					parked[op.n] = false
					procs[op.n].Interrupt(errors.New("by script"))
				case "kill":
					parked[op.n] = false
					procs[op.n].Kill()
				}
				out.note(env.Now(), i, step, result)
			}
		})
	}
	drive(env)
	return out, env.Steps()
}

// imagine lets the naive engine do them.
func imagine(scripts [][]op) (out played) {
	n := newNaive(places)
	parked := make([]bool, len(scripts))
	for i, script := range scripts {
		n.start(func(p *naiveProc) {
			for step, op := range script {
				var result any = true
				switch op.do {
				case "timeout":
					result = n.timeout(p, des.Time(op.n))
				case "get":
					v, ok := n.get(p)
					result = fmt.Sprint(v, ok)
				case "put":
					n.put(100*i + step)
				case "request":
					result = n.request(p)
				case "release":
					if n.inUse > 0 {
						n.release()
					}
				case "park":
					parked[i] = true
					result = n.park(p)
					parked[i] = false
				case "wake":
					if parked[op.n] {
						parked[op.n] = false
						n.ready(n.procs[op.n])
					}
				case "interrupt":
					parked[op.n] = false
					n.interrupt(n.procs[op.n])
				case "kill":
					parked[op.n] = false
					n.kill(n.procs[op.n], p)
				}
				out.note(n.now, i, step, result)
			}
		})
	}
	n.run()
	return out
}

// TestProcessesAgainstNaiveEngine lets random processes wait for time and for
// each other, and interrupt and kill each other. However time passes, what they
// do must be what they do under the naive engine.
func TestProcessesAgainstNaiveEngine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "processes")
		script := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) op {
			do := rapid.SampledFrom(doings).Draw(t, "do")
			switch do {
			case "timeout":
				return op{do, rapid.IntRange(0, 5).Draw(t, "delay")}
			case "wake", "interrupt", "kill":
				return op{do, rapid.IntRange(0, n-1).Draw(t, "whom")}
			}
			return op{do, 0}
		}), 0, 12)
		scripts := rapid.SliceOfN(script, n, n).Draw(t, "scripts")
		slice := des.Time(rapid.IntRange(1, 9).Draw(t, "slice"))

		want := imagine(scripts)
		var steps []int64
		for _, drive := range []func(env *des.Env){
			(*des.Env).Run,
			func(env *des.Env) {
				for env.Step() {
				}
			},
			func(env *des.Env) {
				for range 100 {
					env.RunUntil(env.Now() + slice)
				}
			},
			func(env *des.Env) {
				for range 100 {
					env.RunBefore(env.Now() + slice)
				}
			},
		} {
			got, n := play(scripts, drive)
			if !slices.Equal(got, want) {
				t.Fatalf("got  %q\nwant %q", got, want)
			}
			steps = append(steps, n)
		}
		if slices.Min(steps) != slices.Max(steps) {
			t.Fatalf("the same run has %v events", steps)
		}
	})
}
