package trace_test

import (
	"strings"
	"testing"

	"procession/sim/trace"
)

// TestWhatCannotBe: an event that cannot come next is refused with a sentence
// that says why. Ada is here, process 1 runs, request 1 is under way.
func TestWhatCannotBe(t *testing.T) {
	log := trace.NewLog()
	ada, grace := log.ID("Ada"), log.ID("Grace")
	for _, e := range []trace.Event{
		{Kind: trace.VisitorJoined, Visitor: ada},
		{Kind: trace.WorkerStarting, Pid: 1, Mem: 101, Threads: 1},
		{Kind: trace.ConnOpened, Conn: 1, Visitor: ada},
		{Ts: 5, Kind: trace.RequestSent, Req: 1, Visitor: ada, Op: trace.Login, Conn: 1},
	} {
		log.Append(e)
	}
	for _, test := range []struct {
		e    trace.Event
		want string
	}{
		{trace.Event{Kind: 0}, "there is no kind 0"},
		{trace.Event{Kind: 200}, "there is no kind 200"},
		{trace.Event{Seq: 7, Kind: trace.StoreUp}, "event 7: event 5 comes next"},
		{trace.Event{Ts: 4, Kind: trace.StoreUp}, "its moment, 4 µs, is before that of the last event, 5 µs"},
		{trace.Event{Kind: trace.VisitorJoined, Visitor: 99}, "visitor: there is no text 99"},
		{trace.Event{Kind: trace.VisitorJoined, Visitor: -1}, "visitor: there is no text -1"},
		{trace.Event{Kind: trace.VisitorJoined, Visitor: ada}, `"Ada" is here already`},
		{trace.Event{Kind: trace.VisitorLeft, Visitor: grace}, `nobody here is called "Grace"`},
		{trace.Event{Kind: trace.ScenarioSet, Text: ada}, `"Ada" is not key=value`},
		{trace.Event{Kind: trace.WorkerStarting, Pid: 1, Mem: 201}, "process 1 runs already"},
		{trace.Event{Kind: trace.WorkerStarting, Pid: 2, Mem: 101}, "memory 101 is that of process 1"},
		{trace.Event{Kind: trace.WorkerStarting, Mem: 101}, "process 0 in memory 101: both are 1 or more"},
		{trace.Event{Kind: trace.WorkerCrashed, Pid: 2}, "there is no process 2"},
		{trace.Event{Kind: trace.ConnOpened, Conn: 1}, "connection 1 is open already"},
		{trace.Event{Kind: trace.ConnClosed, Conn: 2}, "connection 2 is not open"},
		{trace.Event{Kind: trace.RequestSent, Req: 1}, "request 1 cannot be sent"},
		{trace.Event{Kind: trace.RequestSent, Req: 2, Op: 77}, "op: there is no word 77"},
		{trace.Event{Kind: trace.RequestDone, Req: 2, Visitor: ada}, "request 2 is not under way"},
		{trace.Event{Kind: trace.SessionSaved, Req: 1, Mem: -9}, "there is no memory -9"},
		{trace.Event{Kind: trace.CoreIdle, Core: 3}, "core 3 never ran anything"},
		{trace.Event{Kind: trace.CoreSwitch}, "a core's number is 1 or more"},
	} {
		picture := trace.NewPicture(nil)
		for seq := 1; seq <= log.Len(); seq++ {
			if err := picture.Apply(log, log.At(seq)); err != nil {
				t.Fatal(err)
			}
		}
		if test.e.Seq == 0 {
			test.e.Seq = int64(log.Len()) + 1
		}
		if test.e.Ts == 0 {
			test.e.Ts = 5
		}
		if err := picture.Apply(log, &test.e); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: got %v, want %q", test.e, err, test.want)
		}
	}
	ended := trace.PictureOf(trace.Snapshot{Ended: true})
	if err := ended.Apply(log, &trace.Event{Seq: 1, Kind: trace.StoreUp}); err == nil || !strings.Contains(err.Error(), "the run has ended") {
		t.Errorf("after the end: %v", err)
	}
}
