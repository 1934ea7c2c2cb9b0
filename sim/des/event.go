package des

// Event is something that happens once, and that processes can await.
type Event struct {
	env       *Env
	waiting   waitList
	triggered bool
	err       error
}

// NewEvent makes an event that has not happened.
func (e *Env) NewEvent() *Event { return &Event{env: e} }

// Succeed lets it happen: those who wait go on now, in the order in which they
// came. It panics when it has happened already.
func (ev *Event) Succeed() { ev.trigger("Event.Succeed", nil) }

// Fail lets it happen with an error, which those who wait for it get. It panics
// when it has happened already or err is nil.
func (ev *Event) Fail(err error) {
	if err == nil {
		panic("des: Event.Fail: no error")
	}
	ev.trigger("Event.Fail", err)
}

func (ev *Event) trigger(method string, err error) {
	if ev.triggered {
		panic("des: " + method + ": the event has happened already")
	}
	ev.triggered, ev.err = true, err
	for p := ev.waiting.first; p != nil; p = ev.waiting.first {
		ev.waiting.remove(p)
		p.ready()
	}
}

// Triggered says whether it has happened.
func (ev *Event) Triggered() bool { return ev.triggered }
