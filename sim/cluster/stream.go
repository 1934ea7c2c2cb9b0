package cluster

import "hash/fnv"

// stream is a source of random numbers of its own: one for each visitor and
// purpose, derived from the seed and a name, so that toggling one thing does
// not disturb the rest. It is SplitMix64, written out here so that no release
// of a library can change a run.
type stream struct{ state uint64 }

func newStream(seed int64, purpose, name string) stream {
	h := fnv.New64a()
	h.Write([]byte(purpose + "\x00" + name))
	s := stream{state: uint64(seed)*0x9e3779b97f4a7c15 ^ h.Sum64()}
	s.next() // neighbouring seeds start far apart
	return s
}

func (s *stream) next() uint64 {
	s.state += 0x9e3779b97f4a7c15
	z := s.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below gives a number from 0 to n-1. The bias, below n/2⁶⁴, is nobody's concern here.
func (s *stream) below(n int64) int64 { return int64(s.next() % uint64(n)) }

// sidLen is the length of a session id, as express-session's.
const sidLen = 32

// sid draws a session id.
func (s *stream) sid() string {
	const digits = "0123456789abcdef"
	var b [sidLen]byte
	for i := 0; i < sidLen; i += 16 {
		n := s.next()
		for j := range 16 {
			b[i+j] = digits[n>>(4*j)&15]
		}
	}
	return string(b[:])
}
