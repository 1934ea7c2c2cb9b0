// Package replay plays a run from its beginning for somebody who wants its
// past, and keeps nothing:
//
//	player := replay.NewPlayer(rooms.Heavy)
//	r, err := player.Begin(sc) // the scenario with its commands
//	defer r.Close()
//	err = r.ToEvent(ctx, 2000, 1)
//	r.Log().At(2000)
//
// It computes in short slices, each when the server has a core to spare, and
// stops when the context ends.
package replay
