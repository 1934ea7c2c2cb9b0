package cluster_test

import (
	"fmt"

	"procession/sim/cluster"
	"procession/sim/des"
	"procession/sim/redis"
	"procession/sim/scenario"
	"procession/sim/trace"
)

func Example() {
	sc, err := scenario.Parse("visitors=Ada&script=login,visit*3")
	if err != nil {
		fmt.Println(err)
		return
	}
	env, log := des.NewEnv(), trace.NewLog()
	c := cluster.New(env, log, sc, redis.New())
	defer c.Close()
	defer env.Close()

	c.Begin() // the first events, at 0
	for at, ok := env.Peek(); ok && !c.Ended(); at, ok = env.Peek() {
		env.RunUntil(at)
	}
	picture := c.Snapshot()
	for _, answer := range picture.Visitors[0].Strip {
		fmt.Println("worker", answer.Pid, answer.Mark)
	}
	// Output:
	// worker 1 L
	// worker 2 -
	// worker 1 +
	// worker 2 -
}
