package fair_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"procession/server/fair"
)

// unlimited is the limit of those that have none.
var unlimited = fair.Rate{PerSecond: time.Hour, Burst: time.Hour}

// crowd asks for turns of a queue, and notes what everybody got.
type crowd struct {
	q  *fair.Queue
	wg sync.WaitGroup

	mu  sync.Mutex
	got map[fair.Who]time.Duration
}

// ask lets somebody ask for several turns at once, again and again, each for as
// long as given. (Who waits for one turn at most is not there when it would be
// its turn again.)
func (c *crowd) ask(ctx context.Context, who fair.Who, took time.Duration) {
	for range 4 {
		c.wg.Go(func() {
			for c.q.Do(ctx, who, func(func() bool) { time.Sleep(took) }) == nil {
				c.mu.Lock()
				c.got[who] += took
				c.mu.Unlock()
			}
		})
	}
}

// TestShares: addresses have equal shares, and in an address its clients,
// however often they ask and however much they take at a time.
func TestShares(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := crowd{q: fair.New(fair.Options{Turns: 1, Address: unlimited}), got: map[fair.Who]time.Duration{}}
		ctx, cancel := context.WithTimeout(t.Context(), 12*time.Second)
		defer cancel()
		for i := range 50 { // a hundred requests of one address
			c.ask(ctx, fair.Who{Address: "many", Client: fmt.Sprint(i)}, 30*time.Millisecond)
			c.ask(ctx, fair.Who{Address: "many", Client: fmt.Sprint(i)}, 5*time.Millisecond)
		}
		small, large := fair.Who{Address: "two", Client: "small"}, fair.Who{Address: "two", Client: "large"}
		c.ask(ctx, small, time.Millisecond)
		c.ask(ctx, large, 9*time.Millisecond)
		alone := fair.Who{Address: "alone", Client: "alone"}
		c.ask(ctx, alone, 3*time.Millisecond)
		c.wg.Wait()
		for who, want := range map[fair.Who]time.Duration{small: 2 * time.Second, large: 2 * time.Second, alone: 4 * time.Second} {
			if got := c.got[who]; got < want*9/10 || got > want*11/10 {
				t.Errorf("%v had %v of 12 s, want about %v", who, got, want)
			}
		}
		for i := range 50 {
			if got := c.got[fair.Who{Address: "many", Client: fmt.Sprint(i)}]; got > 200*time.Millisecond {
				t.Errorf("client %d of many had %v", i, got)
			}
		}
	})
}

// TestNothingIsSavedUp: who comes after a long rest has no more than its share.
func TestNothingIsSavedUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := crowd{q: fair.New(fair.Options{Turns: 1, Address: unlimited}), got: map[fair.Who]time.Duration{}}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		worker, late := fair.Who{Address: "worker"}, fair.Who{Address: "late"}
		c.ask(ctx, worker, 5*time.Millisecond)
		time.Sleep(10 * time.Second)
		c.ask(ctx, late, 5*time.Millisecond)
		c.wg.Wait()
		if got := c.got[late]; got < 4900*time.Millisecond || got > 5100*time.Millisecond {
			t.Errorf("who came late had %v of the last 10 s, want half", got)
		}
	})
}

// TestTurnsAtOnce: as many turns at the same time as there are, and no more,
// also after panics and after waits that were given up.
func TestTurnsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := fair.New(fair.Options{Turns: 3, Address: unlimited})
		for range 20 {
			func() {
				defer func() { recover() }()
				q.Do(t.Context(), fair.Who{}, func(func() bool) { panic("on purpose") })
			}()
		}
		var mu sync.Mutex
		at, most := 0, 0
		var wg sync.WaitGroup
		for i := range 100 {
			wg.Go(func() {
				ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i)*time.Millisecond)
				defer cancel()
				_ = q.Do(ctx, fair.Who{Client: fmt.Sprint(i % 7)}, func(func() bool) {
					mu.Lock()
					at++
					most = max(most, at)
					mu.Unlock()
					time.Sleep(3 * time.Millisecond)
					mu.Lock()
					at--
					mu.Unlock()
				})
			})
		}
		wg.Wait()
		if most != 3 {
			t.Errorf("there were %d turns at the same time, want 3", most)
		}
		for range 3 { // all three are there again
			wg.Go(func() {
				if err := q.Within(t.Context(), fair.Who{}, time.Millisecond, func(func() bool) { time.Sleep(time.Second) }); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	})
}

// TestPerAddress: one address cannot have all turns, and nobody else waits for
// those that it may not have.
func TestPerAddress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := fair.New(fair.Options{Turns: 3, PerAddress: 2, Address: unlimited})
		var wg sync.WaitGroup
		begun := time.Now()
		for i := range 6 {
			wg.Go(func() {
				_ = q.Do(t.Context(), fair.Who{Address: "greedy", Client: fmt.Sprint(i)}, func(func() bool) { time.Sleep(time.Minute) })
			})
		}
		synctest.Wait()
		for range 10 {
			if err := q.Do(t.Context(), fair.Who{Address: "other"}, func(func() bool) { time.Sleep(time.Second) }); err != nil {
				t.Error(err)
			}
		}
		if took := time.Since(begun); took != 10*time.Second {
			t.Errorf("the other one waited: %v", took)
		}
		wg.Wait()
		if took := time.Since(begun); took != 3*time.Minute {
			t.Errorf("six minutes of work, two at a time, took %v", took)
		}
	})
}

// TestAddressOverItsLimit: it has what its limit says in the long run, though
// nobody else wants anything, and others have their turns meanwhile.
func TestAddressOverItsLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := crowd{q: fair.New(fair.Options{Turns: 1, Address: fair.Rate{PerSecond: 500 * time.Millisecond, Burst: time.Second}}), got: map[fair.Who]time.Duration{}}
		ctx, cancel := context.WithTimeout(t.Context(), 21*time.Second)
		defer cancel()
		greedy, other := fair.Who{Address: "greedy"}, fair.Who{Address: "other"}
		c.ask(ctx, greedy, 5*time.Millisecond)
		time.Sleep(10 * time.Second)
		begun := time.Now()
		if err := c.q.Within(ctx, other, time.Second, func(func() bool) {}); err != nil || time.Since(begun) > 20*time.Millisecond {
			t.Errorf("the other one waited %v: %v", time.Since(begun), err)
		}
		c.wg.Wait()
		if got := c.got[greedy]; got < 11*time.Second || got > 12*time.Second {
			t.Errorf("it had %v of 21 s, want 1 s and half of the rest", got)
		}
	})
}

// TestWithin: a wait that takes too long, and one that cannot help, end with
// the time after which to come again.
func TestWithin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := fair.New(fair.Options{Turns: 1, Waiting: 2, Address: unlimited, Client: fair.Rate{PerSecond: 100 * time.Millisecond, Burst: time.Second}})
		greedy, other := fair.Who{Address: "a", Client: "greedy"}, fair.Who{Address: "b"}
		go q.Do(t.Context(), greedy, func(func() bool) { time.Sleep(3 * time.Second) })
		synctest.Wait()
		begun := time.Now()
		err := q.Within(t.Context(), other, 2*time.Second, func(func() bool) { t.Error("it had a turn") })
		var busy *fair.Busy
		if !errors.As(err, &busy) || busy.RetryAfter != time.Second || time.Since(begun) != 2*time.Second {
			t.Errorf("after %v: got the error %v", time.Since(begun), err)
		}
		for range 2 {
			go q.Within(t.Context(), other, 500*time.Millisecond, func(func() bool) {})
		}
		synctest.Wait()
		begun = time.Now()
		if err := q.Within(t.Context(), other, time.Minute, func(func() bool) {}); !errors.As(err, &busy) || time.Since(begun) != 0 {
			t.Errorf("a third one who waits: got %v after %v", err, time.Since(begun))
		}
		time.Sleep(time.Second)
		synctest.Wait()

		// 3 s were used, of which 1 s may be; 100 ms come back in a second.
		if debt := q.Debt(greedy); debt != 20*time.Second {
			t.Errorf("got a debt of %v, want 20 s", debt)
		}
		if debt := q.Debt(other); debt != 0 {
			t.Errorf("the other one has a debt of %v", debt)
		}
		begun = time.Now()
		err = q.Within(t.Context(), greedy, 5*time.Second, func(func() bool) { t.Error("it had a turn") })
		if !errors.As(err, &busy) || busy.RetryAfter != 20*time.Second || time.Since(begun) != 0 {
			t.Errorf("after %v: got the error %v", time.Since(begun), err)
		}
		// Do still has a turn for it, since the processor is free.
		if err := q.Do(t.Context(), greedy, func(func() bool) {}); err != nil {
			t.Error(err)
		}
		time.Sleep(20 * time.Second)
		if debt := q.Debt(greedy); debt != 0 {
			t.Errorf("a debt of %v is left", debt)
		}
	})
}

// TestGivenUp: a wait ends with the cause of its context, and nothing is done.
func TestGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := fair.New(fair.Options{Turns: 1, Address: unlimited})
		left := errors.New("the browser went away")
		ctx, cancel := context.WithCancelCause(t.Context())
		go q.Do(t.Context(), fair.Who{}, func(func() bool) { time.Sleep(time.Second) })
		synctest.Wait()
		go func() { time.Sleep(time.Millisecond); cancel(left) }()
		if err := q.Do(ctx, fair.Who{}, func(func() bool) { t.Error("it was done") }); err != left {
			t.Errorf("got the error %v", err)
		}
		if err := q.Within(ctx, fair.Who{}, time.Hour, func(func() bool) { t.Error("it was done") }); err != left {
			t.Errorf("got the error %v", err)
		}
		time.Sleep(time.Second) // until the turn is over
	})
}

// TestSpent: a turn is told when it has been long enough.
func TestSpent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := fair.New(fair.Options{})
		begun := time.Now()
		_ = q.Do(t.Context(), fair.Who{}, func(spent func() bool) {
			for !spent() {
				time.Sleep(time.Millisecond)
			}
		})
		if took := time.Since(begun); took != 10*time.Millisecond {
			t.Errorf("it took %v", took)
		}
	})
}

// BenchmarkFree is a turn that nobody else wants: what every turn of a room pays.
func BenchmarkFree(b *testing.B) {
	q := fair.New(fair.Options{})
	who := fair.Who{Client: "room", Address: "127.0.0.1"}
	for b.Loop() {
		_ = q.Do(context.Background(), who, func(func() bool) {})
	}
}

// BenchmarkBusy has a thousand rooms that want their turns at once.
func BenchmarkBusy(b *testing.B) {
	q := fair.New(fair.Options{Turns: 1, Address: unlimited})
	var wg sync.WaitGroup
	each := max(1, b.N/1000)
	b.ResetTimer()
	for i := range 1000 {
		wg.Go(func() {
			for range each {
				_ = q.Do(context.Background(), fair.Who{Client: fmt.Sprint(i), Address: "127.0.0.1"}, func(func() bool) {})
			}
		})
	}
	wg.Wait()
}
