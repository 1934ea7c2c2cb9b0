package sim_test

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"procession/internal/testenv"
	"procession/sim"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// endsWhatItHas stops a process with requests in hand: it answers them, and its
// memory is no longer in the picture meanwhile.
const endsWhatItHas = "mode=local&graceful=true&visitors=1&script=login,cart*4&do=500ms restart 1"

// endsBeside reloads processes that finish what they have beside the new ones,
// or are killed.
const endsBeside = "mode=local&graceful=true&visitors=4&connection=keep-alive&script=login,chat,cart,chat,visit*9&jitter=20&do=4s reload; 9s restart 1; 12s set workers=3; 14s crash 1 handler; 15s reload; 16s set workers=1; 17.5s set mode=store"

// In the first pictureEvents of a run every event is compared, later one of
// pictureStride.
const (
	pictureEvents = 500
	pictureStride = 997
)

// TestPictureIsTruth feeds a Picture with the trace: it must equal the
// simulator's own, after every event of the beginning and again and again later.
func TestPictureIsTruth(t *testing.T) {
	testenv.Unraced(t)
	var queries []string
	for _, l := range readHashes(t).lines {
		queries = append(queries, l.query)
	}
	for seed := range uint64(modelRuns()) {
		queries = append(queries, randomScenario(seed))
	}
	queries = append(queries, endsWhatItHas, endsBeside)
	most := testenv.Runs(20_000, 200_000)
	for i, query := range queries {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			run := begin(t, query)
			log, picture := run.Log(), trace.PictureOf(run.Snapshot())
			n, wrong := 0, false
			compare := func() {
				got, want := picture.Snapshot(), run.Snapshot()
				if !reflect.DeepEqual(got, want) {
					wrong = true
					t.Errorf("%s\nafter event %d, %s (-want +got):\n%s", query, n, log.AppendJSON(nil, log.At(n)), cmp.Diff(want, got))
				}
			}
			log.Hook = func(e *trace.Event) {
				if wrong {
					return
				}
				n++
				if err := picture.Apply(log, e); err != nil {
					wrong = true
					t.Errorf("%s\n%s: %v", query, log.AppendJSON(nil, e), err)
					return
				}
				if n <= pictureEvents || n%pictureStride == 0 {
					compare()
				}
			}
			for ts, ok := run.Next(); ok && !wrong && ts <= hashUntil && n < most; ts, ok = run.Next() {
				run.Advance(ts)
			}
			if err := run.Err(); err != nil {
				t.Error(err)
			}
			if !wrong && n > 0 {
				compare()
			}
		})
	}
}

// TestPictureBegins: a picture that was made of the scenario alone, and one
// that went on from the snapshot of any moment, are the simulator's.
func TestPictureBegins(t *testing.T) {
	for seed := range uint64(20) {
		query := randomScenario(seed)
		run := begin(t, query)
		for ts, ok := run.Next(); ok && ts <= 5e6 && run.Log().Len() < 3000; ts, ok = run.Next() {
			run.Advance(ts)
		}
		want := run.Snapshot()
		picture := trace.NewPicture(parsed(t, query).Values())
		for seq := 1; seq <= run.Log().Len(); seq++ {
			if seq%100 == 0 {
				picture = trace.PictureOf(picture.Snapshot())
			}
			if err := picture.Apply(run.Log(), run.Log().At(seq)); err != nil {
				t.Fatalf("%s: %v", query, err)
			}
		}
		if diff := cmp.Diff(want, picture.Snapshot()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
}

func parsed(t *testing.T, query string) scenario.Scenario {
	t.Helper()
	sc, err := sim.Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	return sc
}

// TestSnapshotsStay: what a snapshot shows does not change with the picture,
// and a picture does not change with the snapshot that it began with.
func TestSnapshotsStay(t *testing.T) {
	run := begin(t, "mode=threads&workers=3&visitors=5&cores=1&script=login,cart*3,transfer*3,visit*9&do=1s crash 1; 4s join Zoë; 5s leave Zoë")
	run.Advance(20e6)
	log := run.Log()
	picture := trace.NewPicture(parsed(t, "mode=threads").Values())
	type kept struct {
		snapshot trace.Snapshot
		text     string
	}
	var all []kept
	keep := func() {
		s := picture.Snapshot()
		all = append(all, kept{s, asJSON(t, s)})
	}
	for seq := 1; seq <= log.Len(); seq++ {
		keep()
		if seq%50 == 0 {
			picture = trace.PictureOf(all[len(all)-1].snapshot)
		}
		if err := picture.Apply(log, log.At(seq)); err != nil {
			t.Fatal(err)
		}
	}
	for i, k := range all {
		if now := asJSON(t, k.snapshot); now != k.text {
			t.Fatalf("the snapshot after %d events changed (-before +now):\n%s", i, cmp.Diff(k.text, now))
		}
	}
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// fuzzBytes is how much of its data FuzzPicture uses, so that no run of it is long.
const fuzzBytes = 300

// FuzzPicture changes bytes of the events of real runs, and their order: an
// event is taken or refused with a sentence, and a refused one changes nothing.
func FuzzPicture(f *testing.F) {
	var logs []*trace.Log
	for _, query := range []string{
		"script=login,visit*2,logout&do=1s crash 1; 2s set mode=store; 3s store down",
		"mode=threads&workers=3&cores=1&script=login,cart*2,transfer*2,count*2,chat&lock-order=opposite&connection=keep-alive",
		"mode=cookie&visitors=2&max-age=2s&do=1s join Zoë; 2s leave Ada; 3s set workers=1",
	} {
		sc, err := sim.Parse(query)
		if err != nil {
			f.Fatal(err)
		}
		run := sim.New(sc)
		run.Advance(10e6)
		logs = append(logs, run.Log())
		run.Close()
	}
	f.Add([]byte{0, 10, 0, 40, 20, 1})
	f.Add([]byte{1, 200, 0, 90, 44, 255, 30, 0, 0, 7, 80, 1})
	f.Add([]byte{2, 3, 1, 8, 88, 9, 90, 2, 90, 3, 50, 128})
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) == 0 {
			return
		}
		log := logs[int(data[0])%len(logs)]
		picture, seq, at := trace.NewPicture(nil), int64(1), 1
		// Each five bytes: so many events as they are, then one from elsewhere with a byte changed.
		for data = data[1:min(len(data), fuzzBytes)]; len(data) >= 5; data = data[5:] {
			for range min(int(data[0]), log.Len()-at) {
				e := *log.At(at)
				e.Seq = seq
				at++
				if picture.Apply(log, &e) == nil {
					seq++
				}
			}
			e := *log.At(1 + int(data[1])*int(data[2])%log.Len())
			e.Seq = seq
			raw := make([]byte, binary.Size(e))
			if _, err := binary.Encode(raw, binary.LittleEndian, e); err != nil {
				t.Fatal(err)
			}
			raw[int(data[3])%len(raw)] = data[4]
			if _, err := binary.Decode(raw, binary.LittleEndian, &e); err != nil {
				t.Fatal(err)
			}
			before := picture.Snapshot()
			err := picture.Apply(log, &e)
			switch after := picture.Snapshot(); {
			case err == nil:
				seq++
			case !reflect.DeepEqual(before, after):
				t.Errorf("%v, and yet the picture changed (-before +after):\n%s", err, cmp.Diff(before, after))
			}
		}
	})
}
