package redis_test

import (
	"fmt"

	"procession/sim/redis"
)

func Example() {
	s := redis.New()
	defer s.Close()

	s.SetTime(1_000_000) // virtual µs
	reply, err := s.Do("SET", "sess:7f3a", `{"user":"Ada"}`, "EX", "10")
	fmt.Println(reply, err)
	reply, err = s.Do("GET", "sess:7f3a")
	fmt.Println(reply, err)

	s.SetTime(11_000_000) // ten seconds later it has expired
	reply, err = s.Do("GET", "sess:7f3a")
	fmt.Println(reply, err)
	// Output:
	// OK <nil>
	// {"user":"Ada"} <nil>
	// <nil> <nil>
}
