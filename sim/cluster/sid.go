package cluster

import "procession/sim/trace"

// sid is a session id as it travels: with its number in the trace and the
// memory that made it, which the trace tells and no instance looks at, and with
// the signature of its cookie.
type sid struct {
	text string // empty: none
	id   trace.TextID
	made trace.Memory
	// signed is whose secret signed the cookie that carries it; see instance.secret.
	signed trace.Memory
}

// name gives the number of a session id for an event: a log that was trimmed
// may have let go of the one that it had.
func (c *Cluster) name(s sid) trace.TextID { return c.log.Again(s.id, s.text) }

// newSid draws a session id that is being handed out by a memory.
func (c *Cluster) newSid(v *visitor, made trace.Memory) sid {
	text := v.sids.sid()
	return sid{text: text, id: c.log.Passing(text), made: made}
}
