package sim_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"procession/sim/trace"
)

// accounts gives the money of each account as it was written last, and how many
// updates of each were lost.
func accounts(l *trace.Log) (money map[string]int, lost map[string]int) {
	money, lost = map[string]int{"checking": 100, "savings": 100}, map[string]int{}
	for i := 1; i <= l.Len(); i++ {
		switch e := l.At(i); {
		case e.Kind == trace.AccountWritten:
			money[l.Text(e.Text)] = int(e.Count)
		case e.Kind == trace.UpdateLost && e.Op == trace.Transfer:
			lost[l.Text(e.Text)]++
		}
	}
	return money, lost
}

// TestMoney: transfers move money, and under locks, as in an event loop, all of
// it stays, whatever the order of the locks and the timing.
func TestMoney(t *testing.T) {
	for _, query := range []string{
		"mode=threads&workers=4&cores=4&lock=mutex",
		"mode=threads&workers=4&cores=1&lock=mutex&quantum=20ms",
		"mode=threads&workers=1&lock=none&lock-order=opposite",
		"mode=local&workers=1&lock=none&lock-order=opposite",
		"mode=store&workers=1&lock=none",
	} {
		for seed := range 20 {
			query := fmt.Sprintf("%s&visitors=4&script=transfer*6&think=100ms&jitter=50&seed=%d", query, seed)
			money, lost := accounts(finish(t, query).Log())
			if sum := money["checking"] + money["savings"]; sum != 200 || len(lost) > 0 {
				t.Errorf("%s: %d in checking and %d in savings, lost updates %v", query, money["checking"], money["savings"], lost)
			}
			if money["checking"] == 100 && !strings.Contains(query, "opposite") {
				t.Errorf("%s: no money moved", query)
			}
		}
	}
}

// TestMoneyLost: without locks two threads in the same account lose money, each
// visitor is told that all is well, and the trace says which account it was.
func TestMoneyLost(t *testing.T) {
	l := finish(t, "mode=threads&workers=2&cores=2&lock=none&visitors=Ada,Grace&script=transfer").Log()
	money, lost := accounts(l)
	if money["checking"] != 99 || money["savings"] != 101 || lost["checking"] != 1 || lost["savings"] != 1 {
		t.Errorf("two transfers at once leave %v with lost updates %v, want that of one transfer", money, lost)
	}
	if got, want := statuses(l), "transfer 200 1620ms; transfer 200 1620ms"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for seed := range 50 {
		money, lost := accounts(finish(t, fmt.Sprintf("mode=threads&workers=2&cores=2&lock=none&lock-order=opposite&visitors=2&script=transfer*9&think=100ms&jitter=50&seed=%d", seed)).Log())
		if sum := money["checking"] + money["savings"]; sum != 200 && len(lost) > 0 {
			return // the bank's sum is wrong, too
		}
	}
	t.Error("in 50 runs without locks the sum never changed")
}

// TestMoneyIsSeen: the picture of a memory has the accounts in which money has
// moved, beside a number of the author's own that has the same name.
func TestMoneyIsSeen(t *testing.T) {
	const query = "mode=threads&workers=2&lock=mutex&visitors=Ada&traffic=none&handlers=vote: read memory checking, add 7, write memory checking&do="
	for do, want := range map[string][]trace.ValueView{
		"0s visit Ada": {},
		"0s transfer Ada; 3s vote Ada; 6s transfer Ada": {{Name: "Checking", Value: 98}, {Name: "Savings", Value: 102}, {Name: "checking", Value: 7}},
		"0s transfer Ada; 3s restart; 9s visit Ada":     {},
	} {
		if got := finish(t, query+do).Snapshot().Workers[0].Values; !slices.Equal(got, want) {
			t.Errorf("%s: the memory keeps %v, want %v", do, got, want)
		}
	}
}
