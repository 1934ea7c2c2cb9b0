package code

import (
	"maps"
	"slices"

	"procession/sim/trace"
)

// point is what decides which line an event lights.
type point struct {
	kind   trace.Kind
	op     trace.Op // of the event's request
	detail string   // see details
}

// key is the point's name in a File.
func (p point) key() string {
	key := p.kind.String() + "." + p.op.String()
	if p.detail != "" {
		key += "." + p.detail
	}
	return key
}

// details gives the words by which events of one kind and operation differ:
//
//   - of the session that was read: hit, miss, none;
//   - of a command to the store: its first word;
//   - of a lock: in a transfer first or second (the request holds another one),
//     values for the numbers of an author's own handlers, else read or write: before or after the request's session.read;
//   - of the counter, and of a number of an author's own: store, or memory;
//   - of an answer: its status, or unread, a 500 of a request whose session
//     could not even be looked up, or thrown, one of a request whose handler
//     threw an error.
func details(k trace.Kind) []string {
	switch k {
	case trace.SessionRead:
		return []string{"hit", "miss", "none"}
	case trace.StoreSent, trace.StoreExecuted, trace.StoreFailed, trace.StoreRefused:
		return []string{"get", "set", "expire", "del", "incr", "publish"}
	case trace.LockWaited, trace.LockAcquired, trace.LockReleased, trace.LockDeadlocked:
		return []string{"first", "second", "values", "read", "write"}
	case trace.CounterCounted, trace.UpdateLost, trace.ValueWritten:
		return []string{"memory", "store"}
	case trace.RequestAnswered:
		return []string{"200", "302", "400", "401", "500", "unread", "thrown"}
	}
	return nil
}

// kinds has the kinds of events that a handler makes, and for which operations.
var kinds = map[trace.Kind][]trace.Op{
	trace.RequestStarted:   all,
	trace.HandlerThrew:     all,
	trace.SessionRead:      keeping,
	trace.SessionSaved:     keeping,
	trace.SessionTouched:   keeping,
	trace.SessionDestroyed: keeping,
	trace.SessionWaited:    keeping,
	trace.SessionLocked:    keeping,
	trace.SessionUnlocked:  keeping,
	trace.StoreSent:        storing,
	trace.StoreExecuted:    storing,
	trace.StoreFailed:      storing,
	trace.LockWaited:       locking,
	trace.LockAcquired:     locking,
	trace.LockReleased:     locking,
	trace.LockDeadlocked:   {trace.Transfer},
	trace.CounterCounted:   {trace.Count},
	trace.AccountWritten:   {trace.Transfer},
	trace.UpdateLost:       append([]trace.Op{trace.Count, trace.Transfer}, keeping...),
	trace.ValueWritten:     {own},
	trace.ChatDelivered:    {trace.Chat},
	trace.ChatMissed:       {trace.Chat},
	trace.PollOpened:       {trace.Poll},
	trace.PollUnknown:      {trace.Poll, trace.Chat},
	trace.StoreRefused:     storing,
	trace.RequestAnswered:  all,
}

// Groups of operations.
var (
	all         = []trace.Op{trace.Login, trace.Visit, trace.Cart, trace.Report, trace.Logout, trace.Count, trace.Chat, trace.Transfer, trace.Poll, own}
	withSession = []trace.Op{trace.Login, trace.Visit, trace.Cart, trace.Logout}
	keeping     = append([]trace.Op{own}, withSession...) // or may have
	storing     = append([]trace.Op{trace.Count, trace.Chat}, keeping...)
	locking     = append([]trace.Op{trace.Count, trace.Transfer}, keeping...)
)

// own is the operation of all handlers of an author's own.
var own = trace.Own(0)

// points gives all points at which a handler can be, each before those that
// are the same but for a detail.
func points() []point {
	var list []point
	for _, k := range slices.Sorted(maps.Keys(kinds)) {
		for _, op := range kinds[k] {
			list = append(list, point{kind: k, op: op})
			for _, d := range details(k) {
				list = append(list, point{k, op, d})
			}
		}
	}
	return list
}

// resolve fills a File's map: for each kind and operation its lines, and where
// a detail makes a difference those of the detail.
func resolve(to map[string][]int, lines func(point) []int) {
	for _, at := range points() {
		l := lines(at)
		if whole := (point{kind: at.kind, op: at.op}); l != nil && !slices.Equal(l, to[whole.key()]) {
			to[at.key()] = l
		}
	}
}
