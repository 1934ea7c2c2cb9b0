package wire_test

import (
	"encoding/json"
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
	log.ID("not UTF-8: \xff")
	var got struct{ Texts []string }
	if err := json.Unmarshal(wire.AppendFrame(nil, 0, log, 1, 1, log.Len(), 1, 0), &got); err != nil {
		t.Fatal(err)
	}
	texts = append(texts, "not UTF-8: \ufffd")
	for i, want := range texts {
		if got.Texts[i] != want {
			t.Errorf("texts[%d]: got %q, want %q", i, got.Texts[i], want)
		}
	}
}

func TestFrameAllocatesNothing(t *testing.T) {
	log, first, base := story()
	b := make([]byte, 0, 4<<10)
	n := testing.AllocsPerRun(100, func() {
		b = wire.AppendFrame(b[:0], 0, log, 1, first, log.Len(), base, 2_712_345)
	})
	if n != 0 {
		t.Errorf("AppendFrame: got %v allocations, want 0", n)
	}
}

func BenchmarkAppendFrame(b *testing.B) {
	log, first, base := story()
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf = wire.AppendFrame(buf[:0], 0, log, 1, first, log.Len(), base, 2_712_345)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(log.Len()-first+1), "ns/event")
}
