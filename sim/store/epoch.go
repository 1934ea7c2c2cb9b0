package store

// EpochUnix is the moment at which virtual time is 0, as a store sees it, in
// seconds since 1970: 2026-01-01T00:00:00Z.
const EpochUnix = 1_767_225_600
