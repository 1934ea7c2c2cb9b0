package des_test

import (
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

var doings = []string{"sleep", "sleep", "sleep", "park", "park", "wake", "wake", "wake", "call", "kill"}

// played is what came of scripts: lines "moment process.step".
type played []string

func (l *played) note(now des.Time, proc, step int) {
	*l = append(*l, fmt.Sprint(now, " ", proc, ".", step))
}

// play lets the engine do the scripts.
func play(scripts [][]op, drive func(env *des.Env)) (out played) {
	env := des.NewEnv()
	defer env.Close()
	procs := make([]*des.Proc, len(scripts))
	parked := make([]bool, len(scripts))
	wake := func(i int) {
		if parked[i] {
			parked[i] = false
			procs[i].Wake()
		}
	}
	for i, script := range scripts {
		procs[i] = env.Start(des.Label{}, func(p *des.Proc) {
			for step, op := range script {
				switch op.do {
				case "sleep":
					sleep(env, p, des.Time(op.n))
				case "park":
					parked[i] = true
					p.Park()
				case "wake":
					wake(op.n)
				case "call":
					env.Schedule(des.Time(op.n), call(func() {
						out.note(env.Now(), -1, step)
						wake(i)
					}))
				case "kill":
					parked[op.n] = false
					procs[op.n].Kill()
				}
				out.note(env.Now(), i, step)
			}
		})
	}
	drive(env)
	return out
}

// imagine lets the naive engine do them.
func imagine(scripts [][]op) (out played) {
	n := &naive{baton: make(chan struct{})}
	for i, script := range scripts {
		n.start(func(p *naiveProc) {
			for step, op := range script {
				switch op.do {
				case "sleep":
					n.sleep(p, des.Time(op.n))
				case "park":
					n.wait(p, "parked")
				case "wake":
					n.wake(n.procs[op.n])
				case "call":
					n.schedule(des.Time(op.n), func() {
						out.note(n.now, -1, step)
						n.wake(p)
					})
				case "kill":
					n.kill(n.procs[op.n], p)
				}
				out.note(n.now, i, step)
			}
		})
	}
	n.run()
	return out
}

// TestProcessesAgainstNaiveEngine lets random processes wait for time and for
// each other, and wake and kill each other. However time passes, what they do
// must be what they do under the naive engine.
func TestProcessesAgainstNaiveEngine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "processes")
		script := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) op {
			do := rapid.SampledFrom(doings).Draw(t, "do")
			switch do {
			case "sleep", "call":
				return op{do, rapid.IntRange(0, 5).Draw(t, "delay")}
			case "wake", "kill":
				return op{do, rapid.IntRange(0, n-1).Draw(t, "whom")}
			}
			return op{do, 0}
		}), 0, 12)
		scripts := rapid.SliceOfN(script, n, n).Draw(t, "scripts")
		slice := des.Time(rapid.IntRange(1, 9).Draw(t, "slice"))

		want := imagine(scripts)
		for _, drive := range []func(env *des.Env){
			finish,
			func(env *des.Env) { env.RunUntil(1000) },
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
			if got := play(scripts, drive); !slices.Equal(got, want) {
				t.Fatalf("got  %q\nwant %q", got, want)
			}
		}
	})
}
