// Package problem is the one door through which people are told what went
// wrong: each kind of mistake has a code, the code its HTTP status, and each
// sentence stands once, in the catalogues of static/lang/problems.
//
// Who finds a mistake makes the error, with what belongs into its sentence:
//
//	return problem.New(wire.RoomsFull, "", "n", 2000)
//
// Who answers asks what any error means, and says it in the reader's language:
//
//	p := problem.Of(err)
//	rw.WriteHeader(p.Status)
//	io.WriteString(rw, p.Sentence("ko"))
//
// English is what the others fall back to. The mistakes in scenarios are the
// simulator's, which speaks English by itself; the catalogues of other languages
// have its phrases by their English.
package problem
