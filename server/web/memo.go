package web

import (
	linked "container/list"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

	"procession/server/fair"
)

// memoBytes is how many bytes of answers a memo keeps.
const memoBytes = 6 << 20

var (
	// errNobodyWaits ends the work on an answer.
	errNobodyWaits = errors.New("web: nobody waits for the answer any more")
	// errPassing is the error of work on an answer that is right for those who
	// wait, and may not be for those who ask later: it is given, and not kept.
	errPassing = errors.New("web: the answer will be another one")
)

// memo answers equal questions once: those that are asked at the same time
// together, and later ones from what is kept. An answer must be the same for
// everybody, for ever: what is said about a run at a moment is.
type memo[T any] struct {
	size func(T) int // bytes of an answer

	mu      sync.Mutex
	flights map[string]*flight[T]
	kept    map[string]*linked.Element // of *answer
	recent  *linked.List               // of *answer, the one used last first
	bytes   int                        // of all that is kept
}

// answer is one that is kept.
type answer[T any] struct {
	question string
	body     T
}

// flight is an answer that is being worked out.
type flight[T any] struct {
	waiting int // for it; 0: it is to end
	end     context.CancelCauseFunc
	done    chan struct{} // closed when body and err are there
	body    T
	err     error
}

func newMemo[T any](size func(T) int) *memo[T] {
	return &memo[T]{size: size, flights: map[string]*flight[T]{}, kept: map[string]*linked.Element{}, recent: linked.New()}
}

// answer gives the answer to a question. work works it out, once for all who ask
// meanwhile, until nobody waits any more; it is kept when it is right.
// The error is work's or the context's cause.
func (m *memo[T]) answer(ctx context.Context, question string, work func(context.Context) (T, error)) (body T, err error) {
	for {
		kept, f, mine := m.join(ctx, question, work)
		if f == nil {
			return kept, nil
		}
		select {
		case <-f.done:
		case <-ctx.Done():
			m.leave(question, f)
			return body, context.Cause(ctx)
		}
		// It was refused to the one who asked first; that says nothing about others.
		if busy := (*fair.Busy)(nil); !mine && errors.As(f.err, &busy) {
			continue
		}
		return f.body, f.err
	}
}

// join gives the answer if it is kept, else the flight to wait for; mine says
// that it was begun for this question.
func (m *memo[T]) join(ctx context.Context, question string, work func(context.Context) (T, error)) (body T, _ *flight[T], mine bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e := m.kept[question]; e != nil {
		m.recent.MoveToFront(e)
		return e.Value.(*answer[T]).body, nil, false
	}
	f := m.flights[question]
	if f == nil {
		f, mine = &flight[T]{done: make(chan struct{})}, true
		m.flights[question] = f
		// It is not over when the first one leaves.
		ctx, f.end = context.WithCancelCause(context.WithoutCancel(ctx))
		go m.fly(ctx, question, f, work)
	}
	f.waiting++
	return body, f, mine
}

// fly works an answer out.
func (m *memo[T]) fly(ctx context.Context, question string, f *flight[T], work func(context.Context) (T, error)) {
	defer func() {
		if v := recover(); v != nil {
			f.err = fmt.Errorf("web: a question could not be answered: %v\n%s", v, debug.Stack())
		}
		m.mu.Lock()
		defer m.mu.Unlock()
		if m.flights[question] == f {
			delete(m.flights, question)
		}
		if f.err == nil {
			m.keep(question, f.body)
		}
		if errors.Is(f.err, errPassing) {
			f.err = nil
		}
		f.end(nil)
		close(f.done)
	}()
	f.body, f.err = work(ctx)
}

// leave takes one who waited off a flight, which ends with the last one.
func (m *memo[T]) leave(question string, f *flight[T]) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if f.waiting--; f.waiting > 0 {
		return
	}
	f.end(errNobodyWaits)
	if m.flights[question] == f {
		delete(m.flights, question) // who asks now begins anew
	}
}

// keep keeps an answer, and lets go of those that were not used for longest. The
// caller holds mu.
func (m *memo[T]) keep(question string, body T) {
	if m.kept[question] != nil {
		return
	}
	m.kept[question] = m.recent.PushFront(&answer[T]{question, body})
	m.bytes += len(question) + m.size(body)
	for m.bytes > memoBytes {
		oldest := m.recent.Remove(m.recent.Back()).(*answer[T])
		delete(m.kept, oldest.question)
		m.bytes -= len(oldest.question) + m.size(oldest.body)
	}
}
