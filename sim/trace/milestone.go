package trace

import "strings"

// Milestone says whether "step" stops at the event: login, miss, logout,
// crash, restart, lost update, replaced or planted cookie, revived session, wait for a lock, deadlock, missed message, unknown
// id of a polling client, switch of mode, store down, up or full, a command refused and a session evicted there. The first
// answer of a visitor, which is one too,
// needs the events before.
func Milestone(l *Log, e *Event) bool {
	switch e.Kind {
	case RequestDone:
		return e.Op == Login || e.Op == Logout || e.Session == Miss || e.Outcome().Broke()
	case WorkerCrashed, WorkerListening, LockWaited, SessionWaited, LockDeadlocked, UpdateLost, CookieReplaced, CookiePlanted, SessionRevived, ChatMissed,
		PollUnknown, StoreDown, StoreUp, StoreSlowed, StoreFilled, StoreRefused, SessionEvicted, RunEnded:
		return true
	case ScenarioSet:
		return strings.HasPrefix(l.Text(e.Text), "mode=")
	}
	return false
}
