package cluster

import "procession/sim/trace"

// sid is a session id as it travels: with its number in the trace and the
// memory that made it, which the trace tells and no instance looks at.
type sid struct {
	text string // empty: none
	id   trace.TextID
	made trace.Memory
}

// newSid draws a session id that is being handed out by a memory.
func (c *Cluster) newSid(v *visitor, made trace.Memory) sid {
	text := v.sids.sid()
	return sid{text: text, id: c.log.ID(text), made: made}
}
