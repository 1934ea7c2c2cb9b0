package des_test

import (
	"fmt"
	"iter"
	"testing"

	"procession/sim/des"
)

// BenchmarkTimeout is one wait for a moment by one of K processes in turn.
func BenchmarkTimeout(b *testing.B) {
	for _, k := range []int{1, 8, 1000} {
		b.Run(fmt.Sprintf("K=%d", k), func(b *testing.B) {
			env := des.NewEnv()
			defer env.Close()
			for range k {
				env.Start(des.Label{}, func(p *des.Proc) {
					for {
						_ = p.Timeout(1)
					}
				})
			}
			env.RunUntil(10)
			b.ReportAllocs()
			b.ResetTimer()
			for b.Loop() {
				env.RunUntil(env.Now() + 1)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(k), "ns/event")
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
		env.Step()
	}
}

// BenchmarkKill is the life of a process that is killed while it waits.
func BenchmarkKill(b *testing.B) {
	env := des.NewEnv()
	defer env.Close()
	b.ReportAllocs()
	for b.Loop() {
		p := env.Start(des.Label{}, func(p *des.Proc) { _ = p.Park() })
		env.Step()
		p.Kill()
	}
}

type again struct {
	env *des.Env
}

func (a *again) Fire() { a.env.Schedule(1, a) }

// BenchmarkHandler is an event without a process, among eight.
func BenchmarkHandler(b *testing.B) {
	env := des.NewEnv()
	for range 8 {
		env.Schedule(1, &again{env})
	}
	env.RunUntil(10)
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		env.RunUntil(env.Now() + 1)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/8, "ns/event")
}

type shaky struct {
	env  *des.Env
	dice uint64
}

func (s *shaky) Fire() {
	s.dice = s.dice*6364136223846793005 + 1442695040888963407
	s.env.Schedule(1+des.Time(s.dice>>54), s)
}

// BenchmarkHold is an event that schedules itself anew after a random delay,
// among K of them.
func BenchmarkHold(b *testing.B) {
	for _, k := range []int{4, 16, 32, 64, 256, 1000} {
		b.Run(fmt.Sprintf("K=%d", k), func(b *testing.B) {
			env := des.NewEnv()
			for i := range k {
				(&shaky{env, uint64(i)}).Fire()
			}
			env.RunUntil(10_000)
			b.ReportAllocs()
			before := env.Steps()
			b.ResetTimer()
			for b.Loop() {
				env.RunUntil(env.Now() + 1000)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(env.Steps()-before), "ns/event")
		})
	}
}

// BenchmarkShop is a job that goes through a queue, one of 8 workers and one of
// 2 places, each of which waits for it about as often as not.
func BenchmarkShop(b *testing.B) {
	env := des.NewEnv()
	defer env.Close()
	jobs, places, done := des.NewQueue[int](env), env.NewResource(2), 0
	env.Start(des.Label{}, func(p *des.Proc) {
		dice := uint64(1)
		for p.Timeout(26+des.Time(dice>>58)) == nil {
			dice = dice*6364136223846793005 + 1442695040888963407
			jobs.Put(int(dice >> 57))
		}
	})
	for range 8 {
		env.Start(des.Label{}, func(p *des.Proc) {
			for {
				job, err := jobs.Get(p)
				if err != nil {
					return
				}
				if places.Request(p) != nil {
					return
				}
				if p.Timeout(50+des.Time(job)) != nil {
					return
				}
				places.Release()
				done++
			}
		})
	}
	env.RunUntil(10_000)
	b.ReportAllocs()
	b.ResetTimer()
	for done = 0; done < b.N; {
		env.RunUntil(env.Now() + 1000)
	}
}
