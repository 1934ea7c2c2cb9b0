package des_test

import (
	"fmt"

	"procession/sim/des"
)

// clock is a process that says the time every 1,000 µs.
type clock struct {
	env   *des.Env
	proc  *des.Proc
	timer des.Timer
}

func (c *clock) run(p *des.Proc) {
	for {
		c.timer.Set(1000)
		p.Park() // until Fire
		fmt.Println("tick at", c.env.Now())
	}
}

// Fire is called by the timer, and lets the process go on.
func (c *clock) Fire() { c.proc.Wake() }

func Example() {
	env := des.NewEnv()
	defer env.Close() // kills the process, and leaves no goroutine behind

	c := &clock{env: env}
	c.timer.Init(env, c)
	c.proc = env.Start(des.Label{Process: "clock", Thread: "1"}, c.run)

	env.RunBefore(2000) // all that comes before; what is due at 2,000 is still to come
	fmt.Println("it is", env.Now())
	env.RunUntil(3500)
	fmt.Println("it is", env.Now())
	if at, ok := env.Peek(); ok {
		fmt.Println("next at", at)
	}
	// Output:
	// tick at 1000
	// it is 2000
	// tick at 2000
	// tick at 3000
	// it is 3500
	// next at 4000
}
