package store

// Epoch is the moment at which virtual time is 0 on every clock of the world,
// in µs since 1970: half a second after 2026-01-01T00:00:00Z. A cookie's date
// has whole seconds, rounded down; from the middle of a second that is neither
// always lucky nor always unlucky.
const Epoch = 1_767_225_600_500_000
