package des

import "fmt"

// Panic is how a process ended whose body panicked.
type Panic struct {
	Value any    // what was given to panic
	Stack []byte // of the process's goroutine, as by debug.Stack
}

// Error gives the value without the stack.
func (p *Panic) Error() string { return fmt.Sprintf("des: a process panicked: %v", p.Value) }
