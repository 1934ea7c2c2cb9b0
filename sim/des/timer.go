package des

// Timer calls a Handler at a moment that can be moved or called off. It is
// meant to be a field of what it serves, by value; setting it allocates
// nothing. Init makes it ready. It must not be copied.
type Timer struct {
	env  *Env
	h    Handler
	slot int32 // number of its slot in the agenda + 1; 0: it is not set
}

// Init makes the timer one that fires h.
func (t *Timer) Init(env *Env, h Handler) {
	*t = Timer{env: env, h: h}
}

// Set lets it fire after a delay in µs, and no more when it was set for. It
// panics when the delay is negative or the Env was closed.
func (t *Timer) Set(delay Time) {
	t.put(t.env.after("Timer.Set", delay))
}

// SetAt lets it fire at a moment, and no more when it was set for. It panics
// when the moment has passed or the Env was closed.
func (t *Timer) SetAt(at Time) {
	if at < t.env.now {
		panic("des: Timer.SetAt: that time has passed")
	}
	t.put(at)
}

// put puts it into the agenda.
func (t *Timer) put(at Time) {
	e := t.env
	if t.slot != 0 {
		t.Stop()
	}
	if !e.takes("Timer.SetAt") {
		return
	}
	e.seq++
	t.slot = e.agenda.add(at, e.seq, (*alarm)(t)) + 1
}

// Stop calls it off; a timer that is not set stays so.
func (t *Timer) Stop() {
	if t.slot != 0 && t.env.life != closed {
		t.env.agenda.remove(t.slot - 1)
	}
	t.slot = 0
}

// Pending says whether it is set.
func (t *Timer) Pending() bool { return t.slot != 0 }

// When gives the moment it is set for; false when it is not set.
func (t *Timer) When() (Time, bool) {
	if t.slot == 0 || t.env.life == closed {
		return 0, false
	}
	return t.env.agenda.when(t.slot - 1), true
}

// alarm is a Timer whose time has come.
type alarm Timer

// Fire calls the handler, which may set the timer again.
func (a *alarm) Fire() {
	a.slot = 0
	a.h.Fire()
}
