package des

import "fmt"

// Stuck says that events went on and on without time passing; see SetBudget.
type Stuck struct {
	At     Time  // the instant, virtual µs
	Events int64 // how many there were at that instant
}

// Error is a sentence with both figures.
func (s *Stuck) Error() string {
	return fmt.Sprintf("des: time does not pass: %d events at %d µs, and still more", s.Events, s.At)
}
