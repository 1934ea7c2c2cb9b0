package wire_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"procession/server/wire"
)

func TestDecodeRefuses(t *testing.T) {
	for _, c := range []struct{ in, key, says string }{
		{``, "", "not a JSON object"},
		{`null`, "", "not a JSON object"},
		{`[]`, "", "not a JSON object"},
		{`"play"`, "", "not a JSON object"},
		{`{"type":"play"} {}`, "", "not a JSON object"},
		{"{\"type\":\"do\",\"text\":\"\xff\"}", "", "not valid UTF-8"},
		{`{"type":"do","text":"` + strings.Repeat("x", wire.MaxMessage) + `"}`, "", "at most 4096 bytes"},
		{`{"type":"open","do":"` + strings.Repeat("x", wire.MaxGiven+1) + `"}`, "do", `"do" must have at most 65536 bytes`},
		{`{"type":"open","room":"` + strings.Repeat("x", wire.MaxOpen) + `"}`, "", "at most 69632 bytes"},
		{`{}`, "type", `the field "type" is missing`},
		{`{"type":7}`, "type", `"type" must be a text`},
		{`{"type":null}`, "type", `"type" must be a text`},
		{`{"Type":"play"}`, "type", `the field "type" is missing`},
		{`{"type":"frame"}`, "type", "allowed: away, do, fork, open, pause, play, reset, resync, speed, step"},
		{`{"type":"play","now":1}`, "now", `there is no field "now"; allowed: none but type`},
		{`{"type":"do"}`, "text", `the field "text" is missing`},
		{`{"type":"do","text":null}`, "text", "must be a text"},
		{`{"type":"do","text":1}`, "text", "must be a text"},
		{`{"type":"speed"}`, "value", "is missing"},
		{`{"type":"speed","value":3}`, "value", "must be one of 0.25, 0.5, 1, 2, 4, 8"},
		{`{"type":"speed","value":"1"}`, "value", "must be one of"},
		{`{"type":"away"}`, "value", "is missing"},
		{`{"type":"away","value":1}`, "value", "must be true or false"},
		{`{"type":"open","at":-1}`, "at", "whole number from 0 to 86400000000"},
		{`{"type":"open","at":1.5}`, "at", "whole number"},
		{`{"type":"open","at":86400000001}`, "at", "whole number"},
		{`{"type":"open","at":99999999999999999999}`, "at", "whole number"},
		{`{"type":"open","at":"1"}`, "at", "whole number"},
		{`{"type":"open","seq":-1}`, "seq", "whole number"},
		{`{"type":"open","room":"` + strings.Repeat("x", 65) + `"}`, "room", "at most 64 bytes"},
		{`{"type":"open","speed":0}`, "speed", "must be one of"},
		{`{"type":"open","rooms":""}`, "rooms", "allowed: type, at, room, epoch, seq, playing, speed, do, worlds"},
		{`{"type":"open","worlds":"mode=store"}`, "worlds", "must be a list of at most 2 texts"},
		{`{"type":"open","worlds":null}`, "worlds", "must be a list of at most 2 texts"},
		{`{"type":"open","worlds":["a","b","c"]}`, "worlds", "must be a list of at most 2 texts"},
		{`{"type":"open","worlds":[1]}`, "worlds", "must be a list of at most 2 texts"},
		{`{"type":"open","worlds":[null]}`, "worlds", "must be a list of at most 2 texts"},
		{`{"type":"fork"}`, "at", `the field "at" is missing`},
		{`{"type":"fork","at":-1}`, "at", "whole number from 0 to 86400000000"},
		{`{"type":"fork","at":1,"text":7}`, "text", "must be a text"},
		{`{"type":"fork","at":1,"do":"crash 1"}`, "do", "allowed: type, at, text"},
	} {
		_, err := wire.Decode([]byte(c.in))
		var e *wire.Error
		if !errors.As(err, &e) {
			t.Errorf("Decode(%.60q): got error %v, want a *wire.Error", c.in, err)
			continue
		}
		if e.Code != wire.BadMessage || e.Key != c.key || !strings.Contains(e.Text, c.says) {
			t.Errorf("Decode(%.60q): got %q, %q, %q; want key %q and a text with %q", c.in, e.Code, e.Key, e.Text, c.key, c.says)
		}
	}
}

func FuzzDecode(f *testing.F) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, c := range clientGoldens {
		f.Add([]byte(c.message))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := wire.Decode(data)
		if (m == nil) == (err == nil) {
			t.Fatalf("Decode gave %v and %v; want one of the two", m, err)
		}
		if err != nil {
			e, ok := err.(*wire.Error)
			if !ok || e.Code != wire.BadMessage || !strings.HasSuffix(e.Text, ".") {
				t.Fatalf("Decode gave the error %#v, want a sentence with the code %q", err, wire.BadMessage)
			}
			return
		}
		if open, ok := m.(wire.Open); ok && (open.At < 0 || open.At > wire.MaxMoment || open.Epoch < 0 || open.Seq < 0 || open.Speed <= 0) {
			t.Fatalf("Decode let %+v through", open)
		}
	})
}
