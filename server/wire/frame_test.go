package wire_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"procession/server/wire"
	"procession/sim/trace"
)

// TestFrameTexts holds the frame's own way of writing strings against
// encoding/json's way of reading them.
func TestFrameTexts(t *testing.T) {
	log := trace.NewLog()
	texts := []string{`"\/`, "\x00\x01\b\f\n\r\t\x1f\x7f", "\u00e4\u2028\u2029\U0001f642", "<&>"}
	for _, text := range texts {
		log.Append(trace.Event{Kind: trace.RunStarted, Text: log.ID(text)})
	}
	log.Append(trace.Event{Kind: trace.RunStarted, Text: log.ID("not UTF-8: \xff")})
	var got struct{ Texts []string }
	if err := json.Unmarshal(wire.AppendFrame(nil, 0, log, 1, 1, log.Len(), &wire.Told{}, 0), &got); err != nil {
		t.Fatal(err)
	}
	texts = append(texts, "not UTF-8: \ufffd")
	for i, want := range texts {
		if got.Texts[i] != want {
			t.Errorf("texts[%d]: got %q, want %q", i, got.Texts[i], want)
		}
	}
}

// TestFrameTellsTextsOnce: a text comes with the first frame that refers to it,
// and again for who was told nothing. One to which nothing refers never comes.
func TestFrameTellsTextsOnce(t *testing.T) {
	log := trace.NewLog()
	log.ID("nobody says this")
	for _, text := range []string{"one", "two", "one"} {
		log.Append(trace.Event{Kind: trace.RunStarted, Text: log.ID(text)})
	}
	var told wire.Told
	frame := func(from, to int) string {
		var got struct {
			IDs   []int
			Texts []string
		}
		if err := json.Unmarshal(wire.AppendFrame(nil, 0, log, 1, from, to, &told, 0), &got); err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(got.IDs, got.Texts)
	}
	for _, c := range []struct {
		from, to int
		want     string
	}{{1, 1, "[2] [one]"}, {2, 3, "[3] [two]"}, {3, 3, "[] []"}} {
		if got := frame(c.from, c.to); got != c.want {
			t.Errorf("events %d to %d: got the texts %s, want %s", c.from, c.to, got, c.want)
		}
	}
	told.Forget()
	if got, want := frame(3, 3), "[2] [one]"; got != want {
		t.Errorf("after Forget: got the texts %s, want %s", got, want)
	}
}

func TestFrameAllocatesNothing(t *testing.T) {
	log, first, _ := story()
	all := told(log, log.Len()+1)
	b := make([]byte, 0, 4<<10)
	n := testing.AllocsPerRun(100, func() {
		b = wire.AppendFrame(b[:0], 0, log, 1, first, log.Len(), all, 2_712_345)
	})
	if n != 0 {
		t.Errorf("AppendFrame: got %v allocations, want 0", n)
	}
}

func BenchmarkAppendFrame(b *testing.B) {
	log, first, _ := story()
	all := told(log, log.Len()+1)
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf = wire.AppendFrame(buf[:0], 0, log, 1, first, log.Len(), all, 2_712_345)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(log.Len()-first+1), "ns/event")
}
