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
const memoBytes = 16 << 20

// errNobodyWaits ends the work on an answer.
var errNobodyWaits = errors.New("web: nobody waits for the answer any more")

// memo answers equal questions once: those that are asked at the same time
// together, and later ones from what is kept. An answer must be the same for
// everybody, for ever: what is said about a run at a moment is.
type memo struct {
	mu      sync.Mutex
	flights map[string]*flight
	kept    map[string]*linked.Element // of *answer
	recent  *linked.List               // of *answer, the one used last first
	bytes   int                        // of all that is kept
}

// answer is one that is kept.
type answer struct {
	question string
	body     []byte
}

// flight is an answer that is being worked out.
type flight struct {
	waiting int // for it; 0: it is to end
	end     context.CancelCauseFunc
	done    chan struct{} // closed when body and err are there
	body    []byte
	err     error
}

func newMemo() *memo {
	return &memo{flights: map[string]*flight{}, kept: map[string]*linked.Element{}, recent: linked.New()}
}

// answer gives the answer to a question. work works it out, once for all who ask
// meanwhile, until nobody waits any more; it is kept when it is right.
// The error is work's or the context's cause.
func (m *memo) answer(ctx context.Context, question string, work func(context.Context) ([]byte, error)) ([]byte, error) {
	for {
		body, f, mine := m.join(ctx, question, work)
		if f == nil {
			return body, nil
		}
		select {
		case <-f.done:
		case <-ctx.Done():
			m.leave(question, f)
			return nil, context.Cause(ctx)
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
func (m *memo) join(ctx context.Context, question string, work func(context.Context) ([]byte, error)) (body []byte, _ *flight, mine bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e := m.kept[question]; e != nil {
		m.recent.MoveToFront(e)
		return e.Value.(*answer).body, nil, false
	}
	f := m.flights[question]
	if f == nil {
		f, mine = &flight{done: make(chan struct{})}, true
		m.flights[question] = f
		// It is not over when the first one leaves.
		ctx, f.end = context.WithCancelCause(context.WithoutCancel(ctx))
		go m.fly(ctx, question, f, work)
	}
	f.waiting++
	return nil, f, mine
}

// fly works an answer out.
func (m *memo) fly(ctx context.Context, question string, f *flight, work func(context.Context) ([]byte, error)) {
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
		f.end(nil)
		close(f.done)
	}()
	f.body, f.err = work(ctx)
}

// leave takes one who waited off a flight, which ends with the last one.
func (m *memo) leave(question string, f *flight) {
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
func (m *memo) keep(question string, body []byte) {
	if m.kept[question] != nil {
		return
	}
	m.kept[question] = m.recent.PushFront(&answer{question, body})
	m.bytes += len(question) + len(body)
	for m.bytes > memoBytes {
		oldest := m.recent.Remove(m.recent.Back()).(*answer)
		delete(m.kept, oldest.question)
		m.bytes -= len(oldest.question) + len(oldest.body)
	}
}
