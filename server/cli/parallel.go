package cli

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// inParallel calls do with 0, 1, … n-1, on as many goroutines as there are
// processors, each with one call at a time. Once the context is done, what has
// not begun does not begin. It returns when all calls have.
func inParallel(ctx context.Context, n int, do func(i int)) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		all.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				do(i)
			}
		})
	}
	all.Wait()
}
