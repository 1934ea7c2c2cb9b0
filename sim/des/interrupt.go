package des

import "fmt"

// Interrupt is the error of a wait that somebody broke off.
type Interrupt struct {
	Cause error // what was given to Proc.Interrupt
}

// Error names the cause.
func (i *Interrupt) Error() string { return fmt.Sprintf("des: interrupted: %v", i.Cause) }

// Unwrap gives the cause.
func (i *Interrupt) Unwrap() error { return i.Cause }
