package program

import (
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	// tidyEvery is how often memory is given back to the machine. It costs a
	// collection: some milliseconds for a hundred rooms.
	tidyEvery = 20 * time.Second
	// untidy is up to how many bytes nobody minds.
	untidy = 32 << 20
)

// tidy gives memory back that is not needed any more, until stopping is closed.
// Go itself does so only after a collection, and where little happens there is
// none for minutes: what an hour with a class took would stay.
func tidy(stopping <-chan struct{}) {
	tick := time.NewTicker(tidyEvery)
	defer tick.Stop()
	for {
		select {
		case <-stopping:
			return
		case <-tick.C:
			if held() > untidy {
				debug.FreeOSMemory()
			}
		}
	}
}

// held gives the bytes of memory that the program has of the machine.
func held() uint64 {
	all := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(all)
	return all[0].Value.Uint64() - all[1].Value.Uint64()
}
