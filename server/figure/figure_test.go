package figure_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"flag"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"procession/server/figure"
	"procession/sim"
	"procession/static"
	"procession/templates"
)

var rewrite = flag.Bool("rewrite", false, "write the golden files anew")

// words are those of the pages in a language.
func words(t *testing.T, lang string) templates.Words {
	t.Helper()
	data, err := static.FS.ReadFile("lang/" + lang + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var catalogue struct{ UI, Later map[string]string }
	if err := json.Unmarshal(data, &catalogue); err != nil {
		t.Fatal(err)
	}
	return templates.Words(catalogue.UI)
}

// after gives the options for a picture of a moment, and the run at it.
func after(t *testing.T, query string, now int64, lang string) (*sim.Run, figure.Options) {
	t.Helper()
	sc, err := sim.Parse(query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	run := sim.New(sc)
	t.Cleanup(run.Close)
	run.Advance(now)
	return run, figure.Options{Words: words(t, lang).T, Now: now, ID: "f"}
}

// pictures are the golden ones.
var pictures = []struct {
	name, query string
	now         int64
	lang        string
	point       []string
}{
	{"local", "visitors=Ada,Grace,Linus", 9_300_000, "en", nil},
	{"local-begin", "visitors=Ada,Grace,Linus", 0, "en", []string{"visitor Ada", "worker 1"}},
	{"store", "mode=store&workers=3&visitors=Ada,Grace,Linus", 9_400_000, "en", []string{"store"}},
	{"database-down", "mode=store&store-kind=database&do=6s store down", 9_400_000, "en", nil},
	{"threads", "mode=threads&workers=3&visitors=Ada,Grace,Linus", 9_300_000, "en", []string{"strip Grace", "balancer"}},
	{"cookie", "mode=cookie&visitors=Ada,Grace&script=login,cart*2,visit*9", 9_300_000, "en", nil},
	{"crash", "workers=4&visitors=5&connection=keep-alive&do=8s crash 2", 8_800_000, "ko", nil},
	{"eight", "workers=8&visitors=8&jitter=50", 12_000_000, "en", nil},
	{"sixteen", "workers=16&visitors=12&jitter=50", 14_000_000, "ko", nil},
	{"crowd", "workers=4&visitors=400&jitter=50", 9_000_000, "en", nil},
	{"deadlock", "mode=threads&workers=8&visitors=8&script=login,transfer*20&lock-order=opposite&think=100ms", 9_000_000, "en", nil},
}

func TestGolden(t *testing.T) {
	for _, p := range pictures {
		run, o := after(t, p.query, p.now, p.lang)
		o.Point = p.point
		got := figure.File(run.Snapshot(), o)
		wellFormed(t, p.name, got)
		golden(t, p.name, got)
	}
}

// wellFormed says whether XML can be read, and gives its elements.
func wellFormed(t *testing.T, name string, data []byte) (elements int) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return elements
		}
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, data)
		}
		if _, ok := token.(xml.StartElement); ok {
			elements++
		}
	}
}

// TestGoldenPast: with what led there, a picture shows what the page shows.
func TestGoldenPast(t *testing.T) {
	for _, p := range []struct {
		name, query    string
		now            int64
		lang           string
		headline, note string
		says           []string
	}{
		{"past-miss", "", 3_400_000, "en", "What does process 2 know?", "Look at the red place.", []string{
			">a8be ?<", `>sessions.get(&#34;a8be&#34;) → undefined<`, ">no cookie: nothing to look up<", ">finds <", ">3.4 s ·", ">What does process 2 know?<", ">Look at the red place.<",
		}},
		{"past-gone", "", 5_000_000, "en", "none", "", nil},
		{"past-store", "mode=store&workers=3", 9_400_000, "ko", "", "", []string{">GET sess:a8be → Ada<"}},
		{"past-threads", "mode=threads&workers=3", 9_300_000, "en", "", "", []string{`>sessions.get(&#34;816c&#34;) → Grace<`}},
		{"past-sixteen", "workers=16&visitors=12&jitter=50", 14_000_000, "en", "", "", []string{" ?<"}},
	} {
		run, o := after(t, p.query, p.now, p.lang)
		o.Past, o.Headline, o.Note = past(t, run, p.lang), p.headline, p.note
		got := figure.File(run.Snapshot(), o)
		wellFormed(t, p.name, got)
		golden(t, p.name, got)
		for _, text := range p.says {
			if !strings.Contains(string(got), text) {
				t.Errorf("%s: %q is not in %s", p.name, text, got)
			}
		}
	}
}

// past is what led to the moment of a run.
func past(t *testing.T, run *sim.Run, lang string) *figure.Past {
	t.Helper()
	p, err := figure.NewPast(lang)
	if err != nil {
		t.Fatal(err)
	}
	for log, seq := run.Log(), 1; seq <= log.Len(); seq++ {
		p.Note(log, log.At(seq))
	}
	return p
}

// golden compares a picture with its file.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name+".svg")
	if *rewrite {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is drawn otherwise than in %s; look at both, and run with -rewrite if it is right", name, path)
	}
}

// number matches what should be numbers.
var number = regexp.MustCompile(`NaN|Inf|e[+-][0-9]`)

// TestAnyMoment: whatever happens in a run, its picture is well-formed, has no
// styles of its own and stays in its frame.
func TestAnyMoment(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	for range 150 {
		query := "mode=" + pick("local", "store", "threads", "cookie") + "&workers=" + pick("1", "2", "3", "5", "8", "16", "max") +
			"&balancer=" + pick("round-robin", "random", "least-connections", "ip-hash", "cookie-hash", "sticky-cookie") +
			"&connection=" + pick("per-request", "keep-alive", "browser") +
			"&visitors=" + pick("1", "2", "Ada,Grace,Linus", "7", "8", "9", "40", "O'Neil,김 수진,Adam,Ada") +
			"&jitter=" + pick("0", "50") + "&script=login," + pick("visit*9", "cart*9", "count*5,chat*3", "logout,report,visit*3", "visit*3") +
			"&lock=" + pick("mutex", "none") + "&store-kind=" + pick("redis", "database") + "&costs=" + pick("teaching", "measured") +
			"&do=" + pick("3s crash 1", "4s store down", "4s set mode=store", "4s set mode=threads; 6s reload", "2s set workers=4; 5s set workers=2", "3s restart 1")
		now := r.Int64N(20_000_000)
		sc, err := sim.Parse(query)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		run := sim.New(sc)
		run.Advance(now)
		s := run.Snapshot()
		o := figure.Options{Words: words(t, pick("en", "ko")).T, Now: now, ID: "f", Point: []string{"visitor Ada", "store", "worker 1"}}
		html := string(figure.Inline(s, o))
		if n := wellFormed(t, query, []byte(html)); n < 10 {
			t.Errorf("%s at %d µs: got %d elements", query, now, n)
		}
		if strings.Contains(html, "style") || number.MatchString(html) {
			t.Errorf("%s at %d µs: got %s", query, now, html)
		}
		wellFormed(t, query, figure.File(s, o))
		o.Past = past(t, run, "en")
		wellFormed(t, query, figure.File(s, o))
		run.Close()
	}
}

// TestHostileText: what people wrote stays text.
func TestHostileText(t *testing.T) {
	run, o := after(t, "visitors=Ada", 5_000_000, "en")
	s := run.Snapshot()
	s.Visitors[0].Name = `</text><script>alert(1)</script>&"` + "\x00\x1f\ufffe"
	s.Workers[0].Sessions[0].Data = `{"user":"<b>\u0000</b>"}`
	s.Scenario["balancer"] = `"><script>`
	for _, got := range []string{string(figure.Inline(s, o)), string(figure.File(s, o))} {
		wellFormed(t, "hostile", []byte(got))
		if strings.Contains(got, "<script") || strings.Contains(got, "<b>") {
			t.Errorf("got %s", got)
		}
	}
}

// TestColours: a file has the colours of the pages.
func TestColours(t *testing.T) {
	data, err := static.FS.ReadFile("css/base.css")
	if err != nil {
		t.Fatal(err)
	}
	css := string(data)
	lightPart, darkPart, ok := strings.Cut(css, "prefers-color-scheme: dark")
	if !ok {
		t.Fatal("base.css has no dark colours")
	}
	darkPart, _, _ = strings.Cut(darkPart, "}")
	run, o := after(t, "", 0, "en")
	property := regexp.MustCompile(`--([a-z0-9]+): (#[0-9a-f]{6})`)
	for theme, part := range map[string]string{"light": lightPart, "dark": darkPart} {
		o.Theme = theme
		file := string(figure.File(run.Snapshot(), o))
		colours := map[string]string{}
		for _, m := range property.FindAllStringSubmatch(part, -1) {
			colours[m[1]] = m[2]
		}
		for _, m := range regexp.MustCompile(`\.fig \.(p\d+|store|ink) \{ color: (#[0-9a-f]+)`).FindAllStringSubmatch(file, -1) {
			if colours[m[1]] != m[2] {
				t.Errorf("%s, %s: got %s, base.css has %s", theme, m[1], m[2], colours[m[1]])
			}
			delete(colours, m[1])
		}
		if _, left := colours["p16"]; left || strings.Contains(file, "var(") {
			t.Errorf("%s: the file does not have all colours: %.2000s", theme, file)
		}
	}
}
