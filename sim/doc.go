// Package sim is the face of the simulator: a run is its scenario, its seed and
// its commands, and the same run gives the same trace, byte for byte.
//
//	sc, err := sim.Parse("mode=local&workers=2&do=12s crash 1")
//	if err != nil {
//		return err
//	}
//	run := sim.New(sc)
//	defer run.Close()
//	for ts, ok := run.Next(); ok && ts <= until; ts, ok = run.Next() {
//		run.Advance(ts)
//		… run.Log() has what happened; run.Snapshot() is the picture
//	}
//
// Nothing here, nor below, knows a clock, the network or a file: time is the
// number of virtual microseconds that the caller asks for.
package sim
