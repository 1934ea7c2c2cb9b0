package store

// OutOfMemory is what Redis answers, in its own words, to a command that needs
// memory while it is over its limit (maxmemory) and may not or cannot forget
// anything.
const OutOfMemory = "OOM command not allowed when used memory > 'maxmemory'."

// NeedsMemory says whether Redis refuses a command while it is over its limit
// (the flag denyoom), of the commands that workers send.
func NeedsMemory(command string) bool { return command == "SET" || command == "INCR" }
