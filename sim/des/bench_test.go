package des_test

import (
	"fmt"
	"iter"
	"testing"

	"procession/sim/des"
)

// BenchmarkSleep is one wait for a moment by one of K processes in turn: the
// timer's event and the process's.
func BenchmarkSleep(b *testing.B) {
	for _, k := range []int{1, 8, 1000} {
		b.Run(fmt.Sprintf("K=%d", k), func(b *testing.B) {
			env := des.NewEnv()
			defer env.Close()
			for range k {
				startSleeper(env, 1, func(*sleeper) {})
			}
			env.RunUntil(10)
			b.ReportAllocs()
			b.ResetTimer()
			for b.Loop() {
				env.RunUntil(env.Now() + 1)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(k), "ns/sleep")
		})
	}
}

// BenchmarkPull is the bare hand-off to a goroutine and back.
func BenchmarkPull(b *testing.B) {
	next, stop := iter.Pull(func(yield func(struct{}) bool) {
		for yield(struct{}{}) {
		}
	})
	defer stop()
	for b.Loop() {
		next()
	}
}

// BenchmarkStart is the whole life of a process that does nothing.
func BenchmarkStart(b *testing.B) {
	env := des.NewEnv()
	defer env.Close()
	b.ReportAllocs()
	for b.Loop() {
		env.Start(des.Label{Process: "1", Thread: "1"}, func(*des.Proc) {})
		env.RunUntil(env.Now())
	}
}

// BenchmarkKill is the life of a process that is killed while it waits.
func BenchmarkKill(b *testing.B) {
	env := des.NewEnv()
	defer env.Close()
	b.ReportAllocs()
	for b.Loop() {
		p := env.Start(des.Label{}, (*des.Proc).Park)
		env.RunUntil(env.Now())
		p.Kill()
	}
}

// again is an event that schedules itself anew.
type again struct {
	env      *des.Env
	happened func()
}

func (a *again) Fire() {
	a.happened()
	a.env.Schedule(1, a)
}

// BenchmarkHandler is an event without a process, among eight.
func BenchmarkHandler(b *testing.B) {
	env := des.NewEnv()
	for range 8 {
		env.Schedule(1, &again{env, func() {}})
	}
	env.RunUntil(10)
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		env.RunUntil(env.Now() + 1)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/8, "ns/event")
}

// shaky is an event that schedules itself anew after a random delay.
type shaky struct {
	env   *des.Env
	dice  uint64
	fired *int
}

func (s *shaky) Fire() {
	*s.fired++
	s.dice = s.dice*6364136223846793005 + 1442695040888963407
	s.env.Schedule(1+des.Time(s.dice>>54), s)
}

// BenchmarkHold is an event that schedules itself anew after a random delay,
// among K of them.
func BenchmarkHold(b *testing.B) {
	for _, k := range []int{4, 16, 32, 64, 256, 1000} {
		b.Run(fmt.Sprintf("K=%d", k), func(b *testing.B) {
			env, fired := des.NewEnv(), 0
			for i := range k {
				(&shaky{env, uint64(i), &fired}).Fire()
			}
			env.RunUntil(10_000)
			b.ReportAllocs()
			before := fired
			b.ResetTimer()
			for b.Loop() {
				env.RunUntil(env.Now() + 1000)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(fired-before), "ns/event")
		})
	}
}
