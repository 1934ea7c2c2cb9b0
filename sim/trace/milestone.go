package trace

import "strings"

// Milestone says whether "step" stops at the event: login, miss, logout,
// crash, restart, lost update, replaced cookie, revived session, wait for a lock, deadlock, missed message, switch of
// mode, store down or up. The first answer of a visitor, which is one too,
// needs the events before.
func Milestone(l *Log, e *Event) bool {
	switch e.Kind {
	case RequestDone:
		return e.Op == Login || e.Op == Logout || e.Session == Miss || e.Outcome().Broke()
	case WorkerCrashed, WorkerListening, LockWaited, SessionWaited, LockDeadlocked, UpdateLost, CookieReplaced, SessionRevived, ChatMissed, StoreDown, StoreUp, StoreSlowed, RunEnded:
		return true
	case ScenarioSet:
		return strings.HasPrefix(l.Text(e.Text), "mode=")
	}
	return false
}
