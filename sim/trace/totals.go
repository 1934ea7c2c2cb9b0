package trace

// Totals counts over the whole run, all by RequestDone but the last five.
type Totals struct {
	Requests  int `json:"requests"`  // done
	Hits      int `json:"hits"`      // session found
	Misses    int `json:"misses"`    // cookie, but no session
	Welcome   int `json:"welcome"`   // visits answered 200
	Denied    int `json:"denied"`    // visits answered 401
	Logouts   int `json:"logouts"`   // by chance
	Errors    int `json:"errors"`    // status 5xx, or 4xx that is not a 401
	Resets    int `json:"resets"`    // status 0
	Commands  int `json:"commands"`  // StoreExecuted
	Lost      int `json:"lost"`      // UpdateLost
	Deadlocks int `json:"deadlocks"` // LockDeadlocked
	Heard     int `json:"heard"`     // ChatDelivered
	Missed    int `json:"missed"`    // ChatMissed
}

// Add counts a request that is over (RequestDone).
func (t *Totals) Add(e *Event) {
	t.Requests++
	switch e.Session {
	case Hit:
		t.Hits++
	case Miss:
		t.Misses++
	}
	switch came := e.Outcome(); {
	case came == Reset:
		t.Resets++
	case came.Broke():
		t.Errors++
	case came == Welcome:
		t.Welcome++
	case came.LoggedOut():
		t.Denied++
		if came == ByChance {
			t.Logouts++
		}
	}
}
