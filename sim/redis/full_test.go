package redis_test

import (
	"strconv"
	"strings"
	"testing"

	"procession/sim/redis"
	"procession/sim/store"
)

// TestFullRedisRefuses: a real server at its maxmemory refuses those commands
// of ours that the simulated one refuses, in these words.
func TestFullRedisRefuses(t *testing.T) {
	c := dialRedis(t, startRedis(t))
	do(t, c, "SET", "sess:a", session, "EX", "60")
	do(t, c, "SET", "n", "1")
	do(t, c, "CONFIG", "SET", "maxmemory-policy", "noeviction", "maxmemory", "1")
	for _, line := range []string{"SET sess:a 2 EX 60", "SET sess:b 1 EX 60", "INCR n", "GET sess:a", "EXPIRE sess:a 100", "PUBLISH chat hello", "DEL sess:a"} {
		words := strings.Fields(line)
		_, err := c.Do(words...)
		if refused := err != nil; refused != store.NeedsMemory(words[0]) {
			t.Errorf("%s: refused %v, want %v", line, refused, !refused)
		}
		if err != nil && err.Error() != store.OutOfMemory {
			t.Errorf("%s: %v, want %s", line, err, store.OutOfMemory)
		}
	}
}

// TestFullRedisForgets: with allkeys-lru a real server lets go of the key that
// was used least recently, by any of our commands, and takes the new one.
func TestFullRedisForgets(t *testing.T) {
	c := dialRedis(t, startRedis(t))
	big := strings.Repeat("x", 300_000) // so that one key's room is more than what the server itself needs in between
	do(t, c, "CONFIG", "SET", "maxmemory-policy", "allkeys-lru", "maxmemory-samples", "10")
	// A key's last use is told in seconds; RESTORE sets it without waiting.
	for key, idle := range map[string]string{"sess:a": "300", "sess:b": "200", "sess:c": "100"} {
		do(t, c, "SET", key, big)
		dump := do(t, c, "DUMP", key).(string)
		do(t, c, "RESTORE", key, "0", dump, "REPLACE", "IDLETIME", idle)
	}
	do(t, c, "EXPIRE", "sess:a", "1000") // a use: now b is the oldest
	do(t, c, "CONFIG", "SET", "maxmemory", strconv.Itoa(usedMemory(t, c)+100_000))
	do(t, c, "SET", "sess:d", big, "EX", "60")
	do(t, c, "PING") // room is made before a command
	for key, want := range map[string]int64{"sess:a": 1, "sess:b": 0, "sess:c": 1, "sess:d": 1} {
		if got := do(t, c, "EXISTS", key); got != want {
			t.Errorf("EXISTS %s = %v, want %d", key, got, want)
		}
	}
}

// usedMemory gives what a server counts against its maxmemory, in bytes.
func usedMemory(t *testing.T, c redis.Client) int {
	t.Helper()
	for line := range strings.Lines(do(t, c, "INFO", "memory").(string)) {
		if text, ok := strings.CutPrefix(strings.TrimSpace(line), "used_memory:"); ok {
			n, err := strconv.Atoi(text)
			must(t, err)
			return n
		}
	}
	t.Fatal("INFO says nothing of used_memory")
	return 0
}

// TestForget: a key that is forgotten is gone, whether it was there or not.
func TestForget(t *testing.T) {
	s := redis.New()
	defer s.Close()
	s.Forget("sess:a") // nothing is there yet
	do(t, s, "SET", "sess:a", "1", "EX", "60")
	do(t, s, "SET", "sess:b", "2", "EX", "60")
	s.Forget("sess:a")
	if a, b := do(t, s, "GET", "sess:a"), do(t, s, "GET", "sess:b"); a != nil || b != "2" {
		t.Errorf("left are %v and %v, want nil and 2", a, b)
	}
}
