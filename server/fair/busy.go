package fair

import (
	"fmt"
	"time"
)

// Busy says that it was nobody's fault, or that of one who asks too much: there
// was no turn in time.
type Busy struct {
	RetryAfter time.Duration // when trying again may help; whole seconds, at least one
}

// Error gives a sentence.
func (b *Busy) Error() string {
	return fmt.Sprintf("the server has too much to do just now; please try again in %v", b.RetryAfter)
}

// newBusy rounds up to what a Retry-After header can say.
func newBusy(after time.Duration) *Busy {
	return &Busy{max(time.Second, (after + time.Second - 1).Truncate(time.Second))}
}
