package des

import (
	"context"
	"runtime/pprof"
)

// Label names a process of the simulated world. The goroutine wears it as the
// pprof labels "process" and "thread", so that the goroutine profile of the
// running program shows the simulated processes.
type Label struct {
	Process string
	Thread  string
}

// wear labels the calling goroutine.
func (l Label) wear() {
	pprof.SetGoroutineLabels(pprof.WithLabels(context.Background(),
		pprof.Labels("process", l.Process, "thread", l.Thread)))
}
