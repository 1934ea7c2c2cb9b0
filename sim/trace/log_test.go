package trace_test

import (
	"fmt"
	"testing"

	"procession/sim/trace"
)

// fill appends events of nobody until a chunk of the log is full, so that Trim
// can let go of what is before.
func fill(log *trace.Log) {
	for range 2000 {
		log.Append(trace.Event{Kind: trace.StoreUp})
	}
}

// TestPassing: a text that only events refer to goes with the last of them, one
// with a number for ever stays, and no number ever stands for two texts.
func TestPassing(t *testing.T) {
	log := trace.NewLog()
	ada := log.ID("Ada")
	get := log.Passing("GET")
	set := log.Passing("SET")
	both := log.Passing("Grace")
	if log.ID("Grace") != both || log.Passing("GET") != get {
		t.Fatal("a text has two numbers")
	}
	log.Append(trace.Event{Kind: trace.StoreExecuted, Visitor: ada, Text: get, Sid: both})
	log.Append(trace.Event{Kind: trace.StoreExecuted, Visitor: ada, Text: set})
	fill(log)
	log.Append(trace.Event{Kind: trace.StoreExecuted, Visitor: ada, Text: log.Again(set, "SET")})
	log.Trim(1)

	for id, want := range map[trace.TextID]string{ada: "Ada", both: "Grace", set: "SET"} {
		if got := log.Text(id); got != want {
			t.Errorf("text %d: got %q, want %q", id, got, want)
		}
	}
	if got, ok := log.Lookup(get); ok {
		t.Errorf("text %d is still %q", get, got)
	}
	again := log.Again(get, "GET")
	if again <= both || log.Text(again) != "GET" {
		t.Errorf("named again, the text is %d, %q; %d was the last one", again, log.Text(again), both)
	}
	if log.Again(set, "SET") != set || log.Again(0, "") != 0 {
		t.Error("a text that is held has another number")
	}
}

// TestTextsTakeTheirPlaceWithThem: a log that lets go of its texts grows no more.
func TestTextsTakeTheirPlaceWithThem(t *testing.T) {
	log, size := trace.NewLog(), 0
	for i := range 200_000 {
		log.Append(trace.Event{Kind: trace.StoreExecuted, Text: log.Passing(fmt.Sprint("SET ", i))})
		log.Trim(1)
		if i == 20_000 {
			size = log.Size()
		}
	}
	if got := log.Size(); got > size*11/10 {
		t.Errorf("after 200,000 texts the log holds %d bytes, after 20,000 it held %d", got, size)
	}
}

// TestForgottenText: an event that refers to a text that was let go of is a
// broken promise of the simulator, and Append says so.
func TestForgottenText(t *testing.T) {
	log := trace.NewLog()
	gone := log.Passing("GET")
	log.Append(trace.Event{Kind: trace.StoreExecuted, Text: gone})
	fill(log)
	log.Trim(1)
	defer func() {
		if got := fmt.Sprint(recover()); got != "trace: Log.Append: an event refers to a text that is not held" {
			t.Errorf("got %q", got)
		}
	}()
	log.Append(trace.Event{Kind: trace.StoreExecuted, Text: gone})
}
