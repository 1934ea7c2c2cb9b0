package narrate

import "procession/sim/trace"

// most is the weight of what people did themselves, and of what ends something.
const most = 4

// weight says how much an event matters to somebody who watches: 0 is not said
// at all. The browser's rule, in static/js/words/say.js, is the same.
func weight(e *trace.Event) int {
	switch e.Kind {
	case trace.WorkerCrashed, trace.StoreDown, trace.StoreUp, trace.StoreSlowed, trace.StoreFilled, trace.ScenarioSet, trace.CommandRefused, trace.RunEnded, trace.LockDeadlocked, trace.CookiePlanted:
		return most
	case trace.RequestDone:
		switch came := e.Outcome(); {
		case came == trace.ByChance:
			return 3
		case came.Broke(), came == trace.Served:
			return 2
		}
	case trace.SessionRead:
		if e.Session == trace.Miss {
			return 3
		}
		return 1
	case trace.SessionSaved, trace.SessionRevived, trace.CookieReplaced, trace.StoreSaved, trace.SessionDestroyed, trace.LockWaited, trace.SessionWaited, trace.UpdateLost,
		trace.ChatMissed, trace.StoreFailed, trace.VisitorJoined, trace.VisitorLeft, trace.SessionExpired, trace.SessionEvicted,
		trace.StoreRefused, trace.PollUnknown:
		return 2
	case trace.WorkerStopped, trace.WorkerStopping, trace.WorkerListening, trace.HandlerThrew:
		if e.Ts > 0 {
			return 2
		}
	case trace.ConnClosed:
		if e.Why == trace.WhyIdle {
			return 2
		}
	case trace.RequestAnswered:
		return 1
	}
	return 0
}
