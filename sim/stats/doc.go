// Package stats adds the events of a run up to a Summary. It needs each event
// once, so that the trace need not be kept:
//
//	c := stats.NewCounter()
//	for seq := log.First(); seq <= log.Len(); seq++ {
//		c.Add(log, log.At(seq))
//	}
//	s := c.Summary()
package stats
