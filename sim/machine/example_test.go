package machine_test

import (
	"fmt"

	"procession/sim/des"
	"procession/sim/machine"
	"procession/sim/trace"
)

// greeting is a program: it puts a session into the memory of its process,
// computes, and waits until somebody unblocks it.
type greeting struct {
	env  *des.Env
	task *machine.Task
}

func (g *greeting) Run(t *machine.Task) {
	g.task = t
	t.Memory().Put(t, "7f3a", `{"user":"Ada"}`)
	t.Compute(320) // µs on a core
	fmt.Println("computed at", g.env.Now())
	t.Block() // off the core until somebody calls t.Unblock
	session, _ := t.Memory().Get(t, "7f3a")
	fmt.Println("goes on at", g.env.Now(), "with", session)
}

func Example() {
	env, log := des.NewEnv(), trace.NewLog()
	defer env.Close()
	m := machine.New(env, log, 2, machine.Costs{Quantum: 3000})
	p := m.Spawn(machine.Spec{Pid: 1, Life: 1, Threads: 1})

	g := &greeting{env: env}
	p.Thread(1).Run(g, 160) // g.Run begins after 160 µs on a core
	env.RunUntil(1000)
	g.task.Unblock(5) // and goes on after 5 µs on a core
	env.RunUntil(2000)
	// Output:
	// computed at 480
	// goes on at 1005 with {"user":"Ada"}
}
