package web

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"procession/server/fair"
)

// TestEqualQuestions: those that are asked at the same time are answered
// together, and later ones from what is kept.
func TestEqualQuestions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, worked := newBytes(), 0
		work := func(context.Context) ([]byte, error) {
			time.Sleep(time.Second)
			worked++
			return []byte("42"), nil
		}
		var all sync.WaitGroup
		for range 100 {
			all.Go(func() {
				if body, err := m.answer(t.Context(), "six times seven", work); string(body) != "42" || err != nil {
					t.Errorf("got %s, %v", body, err)
				}
			})
		}
		all.Wait()
		body, err := m.answer(t.Context(), "six times seven", work)
		if string(body) != "42" || err != nil || worked != 1 {
			t.Errorf("got %s, %v; worked %d times", body, err, worked)
		}
		if _, err := m.answer(t.Context(), "another one", work); err != nil || worked != 2 {
			t.Errorf("another question: got %v, worked %d times", err, worked)
		}
	})
}

// TestNobodyWaits: the work goes on when the one who asked first leaves, and
// ends when the last one does.
func TestNobodyWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newBytes()
		var ended error
		work := func(ctx context.Context) ([]byte, error) {
			select {
			case <-ctx.Done():
				ended = context.Cause(ctx)
				return nil, ended
			case <-time.After(10 * time.Second):
				return []byte("42"), nil
			}
		}
		leave := func(after time.Duration) {
			ctx, cancel := context.WithTimeout(t.Context(), after)
			defer cancel()
			if _, err := m.answer(ctx, "q", work); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("after %v: got %v", after, err)
			}
		}
		go leave(time.Second)
		synctest.Wait()
		if body, err := m.answer(t.Context(), "q", work); string(body) != "42" || err != nil {
			t.Errorf("the one who stayed got %s, %v", body, err)
		}
		m = newBytes()
		go leave(time.Second)
		leave(2 * time.Second)
		synctest.Wait()
		if ended != errNobodyWaits || len(m.flights) != 0 {
			t.Errorf("it ended with %v, and %d flights are left", ended, len(m.flights))
		}
		go leave(time.Second)
		synctest.Wait()
		if body, err := m.answer(t.Context(), "q", work); string(body) != "42" || err != nil {
			t.Errorf("who came later got %s, %v", body, err)
		}
	})
}

// TestErrorsAreNotKept: nor is one who did not ask first refused for the other's
// sake; a panic is an error, of those who asked alone.
func TestErrorsAreNotKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newBytes()
		busy := &fair.Busy{RetryAfter: time.Second}
		go func() {
			if _, err := m.answer(t.Context(), "q", func(context.Context) ([]byte, error) {
				time.Sleep(time.Second)
				return nil, busy
			}); err != busy {
				t.Errorf("the first one got %v", err)
			}
		}()
		synctest.Wait()
		if body, err := m.answer(t.Context(), "q", func(context.Context) ([]byte, error) { return []byte("42"), nil }); string(body) != "42" || err != nil {
			t.Errorf("the second one got %s, %v", body, err)
		}
		_, err := m.answer(t.Context(), "p", func(context.Context) ([]byte, error) { panic("on purpose") })
		if err == nil || !strings.Contains(err.Error(), "on purpose") {
			t.Errorf("got %v", err)
		}
		if body, err := m.answer(t.Context(), "p", func(context.Context) ([]byte, error) { return []byte("42"), nil }); string(body) != "42" || err != nil {
			t.Errorf("after that: got %s, %v", body, err)
		}
	})
}

// TestMemoIsBounded: what was not asked for longest is let go of.
func TestMemoIsBounded(t *testing.T) {
	m := newBytes()
	ask := func(i int) (worked bool) {
		_, err := m.answer(t.Context(), fmt.Sprint(i), func(context.Context) ([]byte, error) {
			worked = true
			return make([]byte, memoBytes/10), nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return worked
	}
	for i := range 100 {
		ask(i)
		ask(0)
	}
	if m.bytes > memoBytes || m.recent.Len() != len(m.kept) || len(m.kept) != 9 {
		t.Errorf("%d bytes in %d answers (%d in order) are kept", m.bytes, len(m.kept), m.recent.Len())
	}
	if ask(0) || ask(99) || !ask(50) {
		t.Error("it does not keep what was asked for last")
	}
}

// newBytes is a memo of bytes.
func newBytes() *memo[[]byte] { return newMemo(func(body []byte) int { return len(body) }) }

// TestPassingAnswers are given to all who wait, and not kept.
func TestPassingAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, worked := newBytes(), 0
		work := func(context.Context) ([]byte, error) {
			time.Sleep(time.Second)
			worked++
			return fmt.Append(nil, worked), errPassing
		}
		for want := range 3 {
			var all sync.WaitGroup
			for range 5 {
				all.Go(func() {
					if body, err := m.answer(t.Context(), "what time is it", work); string(body) != fmt.Sprint(want+1) || err != nil {
						t.Errorf("got %s, %v, want %d", body, err, want+1)
					}
				})
			}
			all.Wait()
		}
	})
}
