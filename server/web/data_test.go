package web_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"procession/sim"
	"procession/sim/cluster"
	"procession/sim/notmodelled"
	"procession/sim/scenario"
	"procession/sim/trace"
)

func (s *site) data(t *testing.T, path string, into any) {
	t.Helper()
	resp, body := s.get(t, "GET", path, http.Header{"Accept-Encoding": {"gzip"}})
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "application/json" {
		t.Fatalf("%s: got %d, %s: %.300s", path, resp.StatusCode, resp.Header.Get("Content-Type"), body)
	}
	if err := json.Unmarshal([]byte(body), into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

func TestAbout(t *testing.T) {
	s := newSite(t, 10)
	var about struct {
		Version int
		Keys    []struct {
			Name, Values, Default, Meaning string
			Live                           bool
			Words                          []string
		}
		Costs []struct {
			Name, Source       string
			Measured, Teaching float64
		}
		NotModelled []string
	}
	s.data(t, "/about.json", &about)
	if about.Version != scenario.Version || len(about.Keys) != len(scenario.Keys()) || len(about.Costs) != len(cluster.Table) {
		t.Errorf("got version %d, %d keys, %d costs", about.Version, len(about.Keys), len(about.Costs))
	}
	if diff := cmp.Diff(notmodelled.List(), about.NotModelled); diff != "" {
		t.Errorf("not modelled (-want +got):\n%s", diff)
	}
	mode := about.Keys[0]
	if mode.Name != "mode" || mode.Default != "local" || !mode.Live || mode.Meaning == "" || len(mode.Words) != 4 {
		t.Errorf("got the first key %+v", mode)
	}
	if c := about.Costs[0]; c.Measured != 50 || c.Teaching != 350_000 || c.Source == "" {
		t.Errorf("got the first cost %+v", c)
	}
	for _, k := range about.Keys {
		if k.Words == nil {
			t.Errorf("%s: words are missing; want a list, if an empty one", k.Name)
		}
	}
	resp, _ := s.get(t, "GET", "/about.json", http.Header{"Accept-Encoding": {"br"}})
	if resp.Header.Get("Content-Encoding") != "br" || resp.Header.Get("ETag") == "" {
		t.Errorf("got the headers %v", resp.Header)
	}
	again, _ := s.get(t, "GET", "/about.json", http.Header{"Accept-Encoding": {"br"}, "If-None-Match": {resp.Header.Get("ETag")}})
	if again.StatusCode != http.StatusNotModified {
		t.Errorf("asking again: got %d, want 304", again.StatusCode)
	}
}

func TestCode(t *testing.T) {
	s := newSite(t, 10)
	var code struct {
		Files []struct {
			Name, Language string
			Lines          []string
			Marks, After   map[string][]int
			Expand         map[string][]string
		}
	}
	s.data(t, "/code.json", &code)
	var names []string
	for _, f := range code.Files {
		names = append(names, f.Name)
		if f.Lines == nil || f.Marks == nil || f.After == nil || f.Expand == nil {
			t.Errorf("%s: something is missing", f.Name)
		}
	}
	want := []string{"handler.go", "session.go", "sessionlock.go", "memorystore.go", "redisstore.go", "steps.go", "counter.go", "transfer.go", "chat.go", "poll.go", "app.js"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	s.data(t, "/code.json?handlers=vote%3A%20incr%20votes%20%7C%20limit", &code)
	if len(code.Files) != 1 || code.Files[0].Name != "app.js" || !slices.Contains(code.Files[0].Lines, "app.post('/vote', async (req, res) => {") || !slices.Contains(code.Files[0].Lines, "app.post('/limit', (req, res) => {") {
		t.Errorf("with two handlers: got %+v", code.Files)
	}
	if resp, body := s.get(t, "GET", "/code.json?handlers=vote", nil); resp.StatusCode != 400 || !strings.Contains(body, "or one of limit") {
		t.Errorf("with a handler that is none: got %d, %s", resp.StatusCode, body)
	}
}

// past is the answer of /trace/FROM-TO.
type past struct {
	From, Seq, Now int64
	Ended          bool
	Schema         struct {
		Fields []struct {
			Name  string
			Words []string
			Text  bool
		}
		Kinds []*struct {
			Name   string
			Fields []int
		}
	}
	Texts  []string
	Events []int64
}

// decode gives the events as the NDJSON trace has them.
func (p *past) decode() []string {
	var lines []string
	ts, rest := int64(0), p.Events
	for seq := p.From; len(rest) > 0; seq++ {
		kind := p.Schema.Kinds[rest[0]]
		ts += rest[1]
		line := fmt.Sprintf(`{"seq":%d,"ts":%d,"kind":"%s"`, seq, ts, kind.Name)
		rest = rest[2:]
		for _, n := range kind.Fields {
			f, v := p.Schema.Fields[n], rest[0]
			rest = rest[1:]
			switch {
			case v == 0 && f.Name != "status":
			case f.Words != nil:
				line += fmt.Sprintf(`,"%s":"%s"`, f.Name, f.Words[v])
			case f.Text:
				text, _ := json.Marshal(p.Texts[v])
				line += fmt.Sprintf(`,"%s":%s`, f.Name, text)
			default:
				line += fmt.Sprintf(`,"%s":%d`, f.Name, v)
			}
		}
		lines = append(lines, line+"}")
	}
	return lines
}

// lived gives the trace of a run up to a moment, as lines of NDJSON.
func lived(t *testing.T, query string, until int64) []string {
	t.Helper()
	sc, err := scenario.Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	r := sim.New(sc)
	defer r.Close()
	r.Advance(until)
	var lines []string
	for seq := 1; seq <= r.Log().Len(); seq++ {
		lines = append(lines, string(r.Log().AppendJSON(nil, r.Log().At(seq))))
	}
	return lines
}

func TestPast(t *testing.T) {
	s := newSite(t, 10)
	const query = "mode=store&visitors=20&jitter=50&do=12s+crash+1%3B+20s+store+down"
	want := lived(t, query, 60_000_000)
	for _, c := range [][2]int{{1, 1}, {1, 1500}, {701, 702}, {1400, 3000}} {
		var p past
		s.data(t, fmt.Sprintf("/trace/%d-%d?%s", c[0], c[1], query), &p)
		if p.From != int64(c[0]) || p.Seq != int64(c[1]) || p.Ended {
			t.Fatalf("%v: got %d to %d, ended %v", c, p.From, p.Seq, p.Ended)
		}
		got := p.decode()
		if diff := cmp.Diff(want[c[0]-1:c[1]], got); diff != "" {
			t.Errorf("%v (-want +got):\n%.1000s", c, diff)
		}
		var last trace.Event
		if err := json.Unmarshal([]byte(got[len(got)-1]), &struct{ Ts *int64 }{&last.Ts}); err != nil || last.Ts != p.Now {
			t.Errorf("%v: got the moment %d, want %d (%v)", c, p.Now, last.Ts, err)
		}
	}
}

func TestPastBeyondTheEnd(t *testing.T) {
	s := newSite(t, 10)
	const query = "visitors=1&script=login"
	n := int64(len(lived(t, query, 60_000_000)))
	var p past
	s.data(t, "/trace/5-9999?"+query, &p)
	if p.From != 5 || p.Seq != n || !p.Ended || len(p.decode()) != int(n)-4 {
		t.Errorf("got %d to %d, ended %v; the run has %d events", p.From, p.Seq, p.Ended, n)
	}
	s.data(t, "/trace/5000-9999?"+query, &p)
	if p.From != n+1 || p.Seq != n || !p.Ended || len(p.Events) != 0 {
		t.Errorf("got %d to %d, ended %v; the run has %d events", p.From, p.Seq, p.Ended, n)
	}
}

func TestTraceRefuses(t *testing.T) {
	s := newSite(t, 10)
	for path, want := range map[string]struct{ code, says string }{
		"/trace/1-200001":                     {"bad-range", "at most 200000 at a time"},
		"/trace/30000000-30000001":            {"bad-range", "at most 20000000 events"},
		"/trace/0-5":                          {"bad-range", "such as /trace/1-2000"},
		"/trace/7-5":                          {"bad-range", "no range of events"},
		"/trace/x":                            {"bad-range", "no range of events"},
		"/trace/1-99999999999999999999":       {"bad-range", "no range of events"},
		"/trace/1-2?workers=99":               {"bad-scenario", "1 to 16"},
		"/trace/until/60s.txt":                {"bad-range", "/trace/until/60s.ndjson"},
		"/trace/until/soon.ndjson":            {"bad-range", "a duration from 1us to 24h"},
		"/trace/until/25h.perfetto.json":      {"bad-range", "a duration from 1us to 24h"},
		"/trace/until/60s.ndjson?mode=memory": {"bad-scenario", "local, store, threads, cookie"},
	} {
		resp, body := s.get(t, "GET", path, nil)
		var e struct{ Code, Text string }
		if err := json.Unmarshal([]byte(body), &e); err != nil {
			t.Errorf("%s: got %d, %.200s", path, resp.StatusCode, body)
			continue
		}
		if resp.StatusCode != http.StatusBadRequest || e.Code != want.code || !strings.Contains(e.Text, want.says) {
			t.Errorf("%s: got %d, %+v; want 400, %+v", path, resp.StatusCode, e, want)
		}
		if resp.Header.Get("Content-Disposition") != "" {
			t.Errorf("%s: an error would be saved as a file", path)
		}
	}
}

func TestDownload(t *testing.T) {
	s := newSite(t, 10)
	const query = "mode=threads&workers=3&do=5s+crash+1"
	for _, accept := range []string{"gzip", "identity"} {
		resp, body := s.get(t, "GET", "/trace/until/20s.ndjson?"+query, http.Header{"Accept-Encoding": {accept}})
		if got := resp.Header.Get("Content-Disposition"); got != `attachment; filename="procession-20s.ndjson"` {
			t.Errorf("got the disposition %q", got)
		}
		if diff := cmp.Diff(lived(t, query, 20_000_000), strings.Split(strings.TrimSuffix(body, "\n"), "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%.1000s", accept, diff)
		}
	}
	resp, body := s.get(t, "GET", "/trace/until/1m0.5s.perfetto.json?"+query, http.Header{"Accept-Encoding": {"gzip"}})
	var chrome struct{ TraceEvents []struct{ Ph string } }
	if err := json.Unmarshal([]byte(body), &chrome); err != nil || len(chrome.TraceEvents) < 100 {
		t.Errorf("got %d events, %v", len(chrome.TraceEvents), err)
	}
	if got := resp.Header.Get("Content-Disposition"); got != `attachment; filename="procession-60.5s.perfetto.json"` {
		t.Errorf("got the disposition %q", got)
	}
	head, body := s.get(t, "HEAD", "/trace/until/20s.ndjson?"+query, nil)
	if head.StatusCode != http.StatusOK || body != "" || head.Header.Get("Content-Disposition") == "" {
		t.Errorf("HEAD: got %d, %q", head.StatusCode, body)
	}
}

// TestDownloadsAreLimited begins as many downloads as one address may have, each
// without an end in sight: one more waits and is told when to come back, until
// one of them is gone. What is short is answered all the while.
func TestDownloadsAreLimited(t *testing.T) {
	s := newSite(t, 10)
	const path = "/trace/until/24h.ndjson?visitors=200&think=1ms&costs=measured"
	begin := func() *http.Response {
		resp, err := http.Get(s.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { resp.Body.Close() })
		return resp
	}
	var open []*http.Response
	for range 3 {
		resp := begin()
		if _, err := bufio.NewReader(resp.Body).ReadString('\n'); err != nil {
			t.Fatal(err)
		}
		open = append(open, resp)
	}
	if resp := begin(); resp.StatusCode != http.StatusServiceUnavailable || resp.Header.Get("Retry-After") == "" {
		t.Errorf("one more: got %d", resp.StatusCode)
	}
	if resp, body := s.get(t, "GET", "/trace/1-2", nil); resp.StatusCode != http.StatusOK {
		t.Errorf("what is short: got %d, %s", resp.StatusCode, body)
	}
	open[0].Body.Close()
	for range 20 {
		if begin().StatusCode == http.StatusOK {
			return
		}
	}
	t.Error("the place of the one that is gone stays taken")
}

// TestLongQuestions: a run with more commands than an address can hold is asked
// about with POST; what is longer than any run is refused.
func TestLongQuestions(t *testing.T) {
	s := newSite(t, 10)
	query := "visitors=Ada&do=" + strings.Repeat("1s+visit+Ada%3B+", 1000)
	query = strings.TrimSuffix(query, "%3B+")
	ask := func(body string) (int, string) {
		resp, err := http.Post(s.URL+"/trace/1-400?seed=7", "text/plain", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		text, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(text)
	}
	if len(query) < 14<<10 {
		t.Fatalf("the query has only %d bytes", len(query))
	}
	if status, body := ask(query); status != http.StatusOK || !strings.Contains(body, `"seq":400`) {
		t.Errorf("got %d, %.200s", status, body)
	}
	if status, body := ask("workers=99"); status != http.StatusBadRequest || !strings.Contains(body, "1 to 16") {
		t.Errorf("got %d, %.200s", status, body)
	}
	if status, body := ask(strings.Repeat("x", 100<<10)); status != http.StatusRequestHeaderFieldsTooLarge || !strings.Contains(body, "too-long") {
		t.Errorf("got %d, %.200s", status, body)
	}
}
