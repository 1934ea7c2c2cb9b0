package des

// Handler is an event that needs no process: Fire is called when its time has
// come. It runs on the engine's own goroutine, so it must not wait, and a
// panic in it is a panic of whoever lets time pass.
//
// With a pointer receiver, scheduling it allocates nothing.
type Handler interface {
	Fire()
}
