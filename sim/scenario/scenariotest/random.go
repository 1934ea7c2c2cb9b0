package scenariotest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"procession/sim/scenario"
)

// values are what is drawn for keys whose values are not a choice of words: the
// least and the most that is allowed, and some between.
var values = map[string][]string{
	"workers":      {"1", "2", "3", "4", "8", "16", "max"},
	"cores":        {"1", "1", "2", "3", "4", "8", "16"},
	"visitors":     {"1", "1", "2", "3", "3", "5", "8", "20", "60", "150", "600", "2000", "Ada,Zoë,O'Neil", "Ada,V2,Newcomer"},
	"think":        {"0s", "0s", "1us", "1ms", "20ms", "800ms", "7s", "1m", "10m", "3h", "24h"},
	"jitter":       {"0", "1", "50", "100"},
	"max-age":      {"none", "1ms", "999ms", "1s", "1500ms", "5s", "10m", "24h"},
	"cart-delay":   {"preset", "0s", "1us", "100ms", "10s", "299s", "300s", "6m", "24h"},
	"save-delay":   {"preset", "preset", "0s", "1us", "300ms", "3s", "299s", "24h"},
	"kill-timeout": {"0s", "1us", "100ms", "1.6s", "10s", "24h"},
	"weights":      {"none", "1", "3,1", "1,2,5", "100,1", "1,100,1,100,1,100,1,100,1,100,1,100,1,100,1,100"},
	"quantum":      {"preset", "inf", "20ms", "40ms", "1s", "24h"},
	"v":            {"1"},
	"timer-every":  {"100ms", "1s", "1m", "24h"},
}

// names are of people who are there, who are not, and who may come.
var names = []string{"Ada", "Grace", "Linus", "Zoë", "O'Neil", "V2", "V40", "V2000", "Newcomer", "Nobody", "X"}

// moments are some at which much meets: when processes, clients, connections
// and browsers come to the end of their patience.
var moments = []string{"0s", "1us", "50us", "110us", "1s", "5s", "6s", "10s", "75s", "299.999999s", "300s", "300.4s", "24h"}

// Random gives the link of a random scenario that Parse takes. The same seed
// gives the same one. Most have a few visitors, some have crowds.
func Random(seed uint64) string {
	d := dice{Rand: rand.New(rand.NewPCG(seed, 1))}
	costs := d.pick(scenario.Teaching, scenario.Teaching, scenario.Measured)
	q := []string{"costs=" + costs}
	if d.one(3) {
		q = append(q, "handlers="+d.handlers()) // first, since scripts and commands ask for them
	}
	for _, k := range scenario.Keys() {
		switch k.Name {
		case "costs", "do", "handlers":
		case "mode": // often not the default
			q = append(q, "mode="+d.value(k))
		case "seed":
			if d.one(2) {
				q = append(q, fmt.Sprintf("seed=%d", d.Int64N(math.MaxInt64)))
			}
		case "script":
			if d.one(2) {
				q = append(q, "script="+d.script())
			}
		case "quantum":
			if costs == scenario.Measured && d.one(3) {
				q = append(q, "quantum=1ms") // too short for the switches of teaching
			} else if d.one(3) {
				q = append(q, "quantum="+d.value(k))
			}
		case "pm2":
			value := "pm2=" + d.value(k)
			if _, err := scenario.Parse(strings.Join(append(q, value), "&")); err == nil && d.one(2) { // not every number of processes can be in fork mode
				q = append(q, value)
			}
		default:
			if d.one(2) {
				q = append(q, k.Name+"="+d.value(k))
			}
		}
	}
	if do := d.commands(); do != "" {
		q = append(q, "do="+do)
	}
	return strings.Join(q, "&")
}

// dice draws what a scenario consists of.
type dice struct {
	*rand.Rand
	own []string // the names of the handlers
}

func (d *dice) pick(words ...string) string { return words[d.IntN(len(words))] }

// one says yes once in n times.
func (d *dice) one(n int) bool { return d.IntN(n) == 0 }

// value draws a value of a key. It panics when the grammar has a key that
// nobody told this package about.
func (d *dice) value(k scenario.Key) string {
	words := k.Words
	if words == nil {
		words = values[k.Name]
	}
	if words == nil {
		panic("scenariotest: Random: no values are known for the key " + k.Name)
	}
	return d.pick(words...)
}

// handlers draws handlers of an author's own, or some that are ready-made.
func (d *dice) handlers() string {
	if d.one(4) {
		ready := d.pick("limit | limit-store", "price | price-store | reprice")
		d.own = strings.Split(ready, " | ")
		return ready
	}
	var all []string
	for i := range 1 + d.IntN(3) {
		name := d.pick("vote", "seat", "page", scenario.Job) + fmt.Sprint(i)
		name = strings.TrimSuffix(name, "0") // so that job itself is among them
		var steps []string
		for range 1 + d.IntN(6) {
			steps = append(steps, d.step(name))
		}
		all = append(all, name+": "+strings.Join(steps, ", "))
		d.own = append(d.own, name)
	}
	return strings.Join(all, " | ")
}

// step draws a step of a handler, some with a condition. The job has no session.
func (d *dice) step(handler string) string {
	place := d.pick("memory", "memory", "store", "session")
	if handler == scenario.Job && place == "session" {
		place = "store"
	}
	step := d.pick("read "+place+" a", "read "+place+" b", "write "+place+" a", "write "+place+" b", "incr a", "add 1", "add -1", "put 3",
		"compute 1ms", "compute 300ms", "pause 10ms", "pause 2s", "answer 429", "answer 503", "answer 401")
	if d.one(3) || strings.HasPrefix(step, "answer") {
		step += d.pick("", " over 2", " under 2", " if missing")
	}
	return step
}

var ops = []string{"login", "visit", "cart", "report", "logout", "count", "chat", "transfer", "poll"}

// script draws a visitor's script: short or long, of one kind or of many.
func (d *dice) script() string {
	left := scenario.MaxScript
	var parts []string
	for range 1 + d.IntN(8) {
		n := min(left, 1+int(math.Exp(d.Float64()*math.Log(float64(scenario.MaxScript)))))
		if !d.one(4) {
			n = min(n, 1+d.IntN(9))
		}
		if n == 0 {
			break
		}
		left -= n
		parts = append(parts, fmt.Sprintf("%s*%d", d.op(), n))
	}
	return strings.Join(parts, ",")
}

// op draws an operation.
func (d *dice) op() string {
	if len(d.own) > 0 && d.one(3) {
		return d.pick(d.own...)
	}
	return d.pick(ops...)
}

// commands draws commands at moments: mostly a few, sometimes as many as there
// may be. Some turn out to be impossible.
func (d *dice) commands() string {
	n := 0
	switch {
	case d.one(3):
	case d.one(50):
		n = scenario.MaxCommands
	case d.one(5):
		n = d.IntN(100)
	default:
		n = 1 + d.IntN(10)
	}
	var live []scenario.Key
	for _, k := range scenario.Keys() {
		if k.Live {
			live = append(live, k)
		}
	}
	span := math.Log(scenario.MaxTime)
	if d.one(2) {
		span = math.Log(60e6) // so that they come close together
	}
	var do []string
	for range n {
		at := fmt.Sprintf("%dus", int64(math.Exp(d.Float64()*span)))
		if d.one(8) {
			at = d.pick(moments...)
		}
		do = append(do, at+" "+d.command(live))
	}
	return strings.Join(do, "; ")
}

func (d *dice) command(live []scenario.Key) string {
	switch d.IntN(10) {
	case 0:
		return fmt.Sprintf(d.pick("crash %d", "restart %d", "crash %d handler"), 1+d.IntN(d.IntN(scenario.MaxWorkers)+1))
	case 1:
		return d.pick("restart", "reload")
	case 2:
		return "store " + d.pick("down", "shutdown", "up", "slow", "full")
	case 3:
		if d.one(4) {
			return "plant " + d.pick(names...) + " on " + d.pick(names...)
		}
		return d.pick("join", "leave") + " " + d.pick(names...)
	case 4, 5, 6:
		return d.op() + " " + d.pick(names...)
	}
	k := live[d.IntN(len(live))]
	if d.one(3) { // those that change most
		k = live[d.IntN(5)]
	}
	return "set " + k.Name + "=" + d.value(k)
}
