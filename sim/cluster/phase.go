package cluster

// phase says which event a request's last one was.
type phase uint8

const (
	phaseSent phase = iota
	phaseRouted
	phaseStarted
	phaseStoring   // StoreSent
	phaseReturning // StoreExecuted
	phaseFailed    // StoreFailed
	phaseWaiting   // LockWaited
	phaseLocked    // LockAcquired
	phaseUnlocked  // LockReleased
	phaseAnswered
	phaseReset
)

var phaseWords = [...]string{"sent", "routed", "started", "storing", "returning", "failed", "waiting", "locked", "unlocked", "answered", "reset"}

// String gives the phase's word in the picture.
func (p phase) String() string { return phaseWords[p] }
