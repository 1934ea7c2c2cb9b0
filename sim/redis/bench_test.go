package redis_test

import (
	"fmt"
	"testing"

	"procession/sim/redis"
)

const session = `{"cookie":{"originalMaxAge":null,"expires":null,"httpOnly":true,"path":"/"},"user":"Ada"}`

// BenchmarkVisit is what one visit under connect-redis costs: GET and EXPIRE,
// each at a virtual time of its own, with so many sessions in the store.
func BenchmarkVisit(b *testing.B) {
	for _, sessions := range []int{3, 100, 2000} {
		b.Run(fmt.Sprint(sessions), func(b *testing.B) {
			s := redis.New()
			defer s.Close()
			for i := range sessions {
				if _, err := s.Do("SET", fmt.Sprintf("sess:%032d", i), session, "EX", "86400"); err != nil {
					b.Fatal(err)
				}
			}
			key := fmt.Sprintf("sess:%032d", sessions/2)
			now := int64(0)
			b.ReportAllocs()
			b.ResetTimer()
			for b.Loop() {
				now += 500
				s.SetTime(now)
				if reply, err := s.Do("GET", key); reply == nil || err != nil {
					b.Fatal(reply, err)
				}
				now += 500
				s.SetTime(now)
				if _, err := s.Do("EXPIRE", key, "86400"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkStart is what a room pays for its store once it uses it.
func BenchmarkStart(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		s := redis.New()
		if _, err := s.Do("SET", "sess:a", session, "EX", "86400"); err != nil {
			b.Fatal(err)
		}
		s.Close()
	}
}
