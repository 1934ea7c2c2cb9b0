package redis

import "time"

// EpochUnix is the moment at which virtual time is 0, as the store sees it, in
// seconds since 1970: 2026-01-01T00:00:00Z.
const EpochUnix = 1_767_225_600

// at gives the moment of a virtual time in µs.
func at(us int64) time.Time { return time.UnixMicro(EpochUnix*1_000_000 + us).UTC() }
