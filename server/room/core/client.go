package core

import "slices"

// ID numbers one who watches a room. The caller chooses it.
type ID int

// client is one who watches.
type client struct {
	id    ID
	away  bool // nobody looks
	stale bool // has missed frames, and so needs a snapshot first
	came  int  // so many of the room's commands, from the first on, were the client's when it came
	known int  // so many it has by now, if it was given all that it was sent
}

// find gives a client; nil: there is none of that number.
func (r *Room) find(id ID) *client {
	i := slices.IndexFunc(r.clients, func(c *client) bool { return c.id == id })
	if i < 0 {
		return nil
	}
	return r.clients[i]
}

// Out are messages for one client, which belong together.
type Out struct {
	To       ID
	Messages [][]byte // not to be changed: others get them, too
	Whole    bool     // they are the whole picture: what came before says nothing more
}

// Lag says that a client was not given what it was sent. It gets the whole
// picture when it asks for it, and no frames until then.
func (r *Room) Lag(id ID) {
	if c := r.find(id); c != nil {
		c.stale, c.known = true, c.came
	}
}
