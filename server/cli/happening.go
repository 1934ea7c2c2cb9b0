package cli

import "procession/sim/trace"

// happening is something for which `seeds` watches.
type happening struct {
	name    string
	meaning string
	is      func(e *trace.Event) bool
}

// happenings has them in the order of the help.
var happenings = []happening{
	{"logout", "a visit answered 401 to a visitor who was logged in (by chance)", func(e *trace.Event) bool {
		return e.Kind == trace.RequestDone && e.Outcome() == trace.ByChance
	}},
	{"lost-update", "a write that puts away what another request has written meanwhile", func(e *trace.Event) bool {
		return e.Kind == trace.UpdateLost
	}},
	{"replaced-cookie", "a cookie that takes the place of one that came while its request was under way", func(e *trace.Event) bool {
		return e.Kind == trace.CookieReplaced
	}},
	{"revived-session", "a session that is saved although it was destroyed meanwhile (a logout undone)", func(e *trace.Event) bool {
		return e.Kind == trace.SessionRevived
	}},
	{"crash", "a process that dies", func(e *trace.Event) bool { return e.Kind == trace.WorkerCrashed }},
	{"deadlock", "threads that wait for each other in a circle", func(e *trace.Event) bool {
		return e.Kind == trace.LockDeadlocked
	}},
	{"miss", "a cookie whose session is not found", func(e *trace.Event) bool {
		return e.Kind == trace.RequestDone && e.Session == trace.Miss
	}},
	{"failed", "a request without an answer, or answered 5xx", func(e *trace.Event) bool {
		return e.Kind == trace.RequestDone && e.Outcome().Broke()
	}},
	{"unheard", "a chat message that does not reach a visitor", func(e *trace.Event) bool {
		return e.Kind == trace.ChatMissed
	}},
}

// defaultHappenings are those that are watched without --event: the first six.
const defaultHappenings = "logout,lost-update,replaced-cookie,revived-session,crash,deadlock"

// findHappening gives a happening by its name, nil when there is none.
func findHappening(name string) *happening {
	for i := range happenings {
		if happenings[i].name == name {
			return &happenings[i]
		}
	}
	return nil
}
