package store_test

import (
	"fmt"

	"procession/sim/redis"
	"procession/sim/store"
)

func Example() {
	var s store.Store = redis.New()
	defer s.Close()

	s.SetTime(1_000_000) // virtual µs
	for _, words := range [][]string{
		{"SET", "sess:7f3a", `{"user":"Ada"}`, "EX", "86400"},
		{"GET", "sess:7f3a"},
		{"GET", "sess:0000"},
	} {
		reply, err := s.Do(words...)
		fmt.Println(reply, err)
	}
	// Output:
	// OK <nil>
	// {"user":"Ada"} <nil>
	// <nil> <nil>
}
