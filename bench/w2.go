package main

import "github.com/fschuetz04/simgo"

// W2 is a small shop: jobs come in, workers take them from the queue, and each
// worker needs one of two places to serve its job. Ours is what the simulator
// runs on: the workers are processes of a machine, its two cores are the places.
const (
	w2Workers  = 8
	w2Capacity = 2
	w2Service  = 100 // µs, mean
	w2Load     = 0.95
	w2Arrival  = w2Service / (w2Capacity * w2Load) // µs, mean
)

// w2Times has delays that vary between half and one and a half times their
// mean, the same for everybody.
type w2Times struct {
	arrival, service [1 << 12]int64
}

func newW2Times() *w2Times {
	var t w2Times
	dice := uint64(1)
	draw := func(mean float64) int64 {
		dice = dice*6364136223846793005 + 1442695040888963407
		return int64(mean * (0.5 + float64(dice>>11)/(1<<53)))
	}
	for i := range t.arrival {
		t.arrival[i], t.service[i] = draw(w2Arrival), draw(w2Service)
	}
	return &t
}

func (t *w2Times) of(job int) (arrival, service int64) {
	i := job % len(t.arrival)
	return t.arrival[i], t.service[i]
}

// w2 measures the engine and the machine on it where processes wait for each other.
func w2(rounds int) (report, error) {
	times := newW2Times()
	s := measure(rounds, barePull(1), w2Ours(times), w2Simgo(times), w2Limit(times))
	ours, peer := s[1], s[2]
	return report{s, []goal{
		{what: "jobs/s of simgo", got: ratio(peer, ours), least: 15, unit: " ×"},
		{what: "allocations a job", got: ours.allocs, most: 0.001},
	}}, nil
}

func w2Ours(times *w2Times) contestant {
	return contestant{name: "ours, trace on", unit: "job", n: 150_000,
		start: func() (func(int) int, func()) {
			s := newShop(times)
			run := func(n int) int {
				before := s.done
				for s.done < before+n {
					s.env.RunUntil(s.env.Now() + w2Slice)
					s.log.Trim(w2Keep)
				}
				return s.done - before
			}
			return run, s.env.Close
		}}
}

// w2Keep is how many events of the trace are kept, as in a room.
const w2Keep = 4096

// w2Slice is how far everybody runs before counting the jobs.
const w2Slice = 1000 * w2Service

func w2Simgo(times *w2Times) contestant {
	return contestant{name: "simgo 0.7.0", unit: "job", n: 30_000,
		start: func() (func(int) int, func()) {
			sim := simgo.NewSimulation()
			jobs := simgo.NewStore[int](sim)
			places := simgo.NewStore[struct{}](sim) // It has no resource; this is its way.
			for range w2Capacity {
				places.Put(struct{}{})
			}
			sim.Process(func(p simgo.Process) {
				for job := 0; ; job++ {
					arrival, _ := times.of(job)
					p.Wait(p.Timeout(float64(arrival)))
					jobs.Put(job)
				}
			})
			done := 0
			for range w2Workers {
				sim.Process(func(p simgo.Process) {
					for {
						get := jobs.Get()
						p.Wait(get)
						p.Wait(places.Get())
						_, service := times.of(get.Item)
						p.Wait(p.Timeout(float64(service)))
						places.Put(struct{}{})
						done++
					}
				})
			}
			run := func(n int) int {
				before := done
				for done < before+n {
					sim.RunUntil(sim.Now() + w2Slice)
				}
				return done - before
			}
			return run, sim.Shutdown
		}}
}

// w2Limit has the same events as ours, each a function call. Since everybody is
// served in order, who waits is only a number.
func w2Limit(times *w2Times) contestant {
	const (
		arrives = iota // a job
		fetched        // an idle worker has a job
		granted        // a waiting worker has a place
		served         // a job is done
	)
	return contestant{name: "the limit: callbacks", unit: "job", n: 500_000,
		start: func() (func(int) int, func()) {
			var (
				q                         callbacks
				queued, idle              = 0, w2Workers
				wanting, free             = 0, w2Capacity
				arrivals, services, ready int
			)
			arrive := func() {
				arrival, _ := times.of(arrivals)
				arrivals++
				q.add(arrival, arrives)
			}
			serve := func() {
				_, service := times.of(services)
				services++
				q.add(service, served)
			}
			request := func() {
				if free == 0 {
					wanting++
					return
				}
				free--
				serve()
			}
			arrive()
			run := func(n int) int {
				for end := ready + n; ready < end; {
					switch q.next() {
					case arrives:
						arrive()
						if idle == 0 {
							queued++
							break
						}
						idle--
						q.add(0, fetched)
					case fetched:
						request()
					case granted:
						serve()
					case served:
						ready++
						if wanting > 0 {
							wanting--
							q.add(0, granted)
						} else {
							free++
						}
						if queued > 0 {
							queued--
							request()
						} else {
							idle++
						}
					}
				}
				return n
			}
			return run, func() {}
		}}
}
