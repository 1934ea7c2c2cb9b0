package cluster

import (
	"procession/sim/scenario"
	"procession/sim/trace"
)

// secret says with which secret the process signs its cookies: 0 is the one
// that all share, and a memory stands for the one that its process made when it
// started (crypto.randomBytes). It ends with the process.
func (in *instance) secret() trace.Memory {
	if in.c.sc.Secret == scenario.PerProcess {
		return in.mem
	}
	return 0
}

// signs gives a session id as a cookie of the process carries it.
func (in *instance) signs(id sid) sid {
	id.signed = in.secret()
	return id
}

// blame says why a process that was asked for the session of a cookie did not
// find it, and where it lives.
func (in *instance) blame(id sid, asked trace.Memory) (home trace.Memory, why trace.Why) {
	if in.trusts(id) {
		return in.c.blame(id.text, asked)
	}
	home, _ = in.c.blame(id.text, 0)
	return home, trace.WhySecret
}

// trusts says whether a cookie has a signature that fits the secret of the
// process. Without a cookie there is nothing to doubt.
func (in *instance) trusts(id sid) bool { return id.text == "" || id.signed == in.secret() }
