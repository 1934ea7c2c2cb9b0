package scenario_test

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"procession/sim/scenario"
)

var compare = cmp.AllowUnexported(scenario.Scenario{})

func TestDefault(t *testing.T) {
	s, err := scenario.Parse("")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(scenario.Default(), s, compare); d != "" {
		t.Error(d)
	}
	if got := s.String(); got != "" {
		t.Errorf("the default scenario as a query: got %q, want nothing", got)
	}
	want := map[string]string{
		"mode": "local", "workers": "2", "cores": "2", "balancer": "round-robin", "connection": "per-request", "visitors": "3",
		"think": "800ms", "jitter": "0", "traffic": "auto", "script": "login,visit*20", "turns": "false", "relogin": "false",
		"addresses": "each", "save-uninitialized": "false", "resave": "false", "rolling": "false", "views": "false",
		"clear-cookie": "false", "cookie-secure": "false", "secret": "shared", "session-lock": "false", "max-age": "none", "lock": "mutex", "quantum": "preset", "costs": "teaching", "seed": "1", "v": strconv.Itoa(scenario.Version),
		"regenerate": "false", "login": "answer", "save-first": "false", "save-delay": "preset", "cookies": "kept", "cart-delay": "preset", "store-client": "node-redis", "store-connect": "first", "store-kind": "redis", "store-persistence": "rdb", "chat": "local",
		"maxmemory-policy": "noeviction", "transport": "websocket", "counter": "plain", "handlers": "none", "timer": "none", "timer-every": "1s", "graceful": "false", "kill-timeout": "1.6s", "pm2": "auto", "weights": "none", "lock-order": "same",
	}
	if d := cmp.Diff(want, s.Values()); d != "" {
		t.Error(d)
	}
	if got := strings.Join(s.Names, " "); got != "Ada Grace Linus" {
		t.Errorf("visitors: got %s", got)
	}
}

func TestString(t *testing.T) {
	for _, row := range []struct{ query, want string }{
		{"mode=local&workers=2", ""},
		{"workers=max&cores=8", "workers=max&cores=8"},
		{"script=login, visit * 2,visit", "script=login,visit*3"},
		{"script=login,visit*20", "traffic=script"},
		{"script=login,visit*20&traffic=auto", ""},
		{"script=visit&traffic=auto", "traffic=auto&script=visit"},
		{"script=visit", "script=visit"},
		{"think=1500us&jitter=50%", "think=1.5ms&jitter=50"},
		{"think=1m30s", "think=90s"},
		{"quantum=inf&max-age=90s", "max-age=90s&quantum=inf"},
		{"visitors=Ada, Zoë,O'Neil", "visitors=Ada,Zo%C3%AB,O%27Neil"},
		{"do=15s crash 1; 12s set mode=store", "do=12s+set+mode=store%3B+15s+crash+1"},
		{"do=12s+set+mode%3Dstore%3B15s+crash+1", "do=12s+set+mode=store%3B+15s+crash+1"},
		{"handlers=limit | vote :read  memory votes,add  1, write memory votes", "handlers=limit+%7C+vote:+read+memory+votes,+add+1,+write+memory+votes"},
		{"handlers=limit: read memory hits, add 1, write memory hits, answer 429 over 5", "handlers=limit"},
		{"handlers=a: pause 300ms if missing, compute 5000us, add -1, put 0 under -2, incr x, answer 404", "handlers=a:+pause+300ms+if+missing,+compute+5ms,+add+-1,+put+0+under+-2,+incr+x,+answer+404"},
		{"script=vote*2,login&handlers=vote: incr votes&do=1s vote Ada", "script=vote*2,login&handlers=vote:+incr+votes&do=1s+vote+Ada"},
		{"handlers=none", ""},
		{"do=0.000001s login Ada", "do=0.000001s+login+Ada"},
		{"&&mode=store&", "mode=store"},
		{"v=7", "v=7"},
		{"weights=3, 1&cart-delay=0", "cart-delay=0s&weights=3,1"},
		{"do=1s restart;2s restart 2;3s chat Ada", "do=1s+restart%3B+2s+restart+2%3B+3s+chat+Ada"},
	} {
		s, err := scenario.Parse(row.query)
		if err != nil {
			t.Errorf("%s: %v", row.query, err)
			continue
		}
		if got := s.String(); got != row.want {
			t.Errorf("%s: got %q, want %q", row.query, got, row.want)
		}
	}
}

// TestMistakes: every mistake gets a sentence that names the key, the value
// and what is allowed.
func TestMistakes(t *testing.T) {
	for _, row := range []struct{ query, key, value, allowed string }{
		{"colour=red", "scenario", "colour", "mode, workers"},
		{"mode=cloud", "mode", "cloud", "local, store, threads, cookie"},
		{"mode=", "mode", "", "local, store"},
		{"mode", "mode", "", "local, store"},
		{"mode=local&mode=store", "mode", "store", "each key once"},
		{"workers=0", "workers", "0", "1 to 16"},
		{"workers=17", "workers", "17", "1 to 16"},
		{"workers=02", "workers", "02", "1 to 16"},
		{"workers=2.5", "workers", "2.5", "1 to 16"},
		{"cores=-1", "cores", "-1", "1 to 16"},
		{"visitors=100000000", "visitors", "100000000", "1 to 2000"},
		{"visitors=0", "visitors", "0", "1 to 2000"},
		{"visitors=Ada,Ada", "visitors", "Ada", "each name once"},
		{"visitors=Ada,<script>", "visitors", "<script>", "letters"},
		{"visitors=Ada,,Grace", "visitors", "", "letters"},
		{"think=-1s", "think", "-1s", "0 to 24h"},
		{"think=5", "think", "5", "0 to 24h"},
		{"think=25h", "think", "25h", "0 to 24h"},
		{"jitter=101", "jitter", "101", "0 to 100"},
		{"script=login,dance", "script", "dance", "login, visit"},
		{"script=visit*999999999", "script", "visit*999999999", "10000"},
		{"script=visit*0", "script", "visit*0", "10000"},
		{"script=visit*9999,login*2", "script", "visit*9999,login*2", "10000"},
		{"max-age=1ns", "max-age", "1ns", "1ms to 24h"},
		{"quantum=5ms", "quantum", "5ms", "at least 20ms"},
		{"quantum=0", "quantum", "0", "1ms to 24h"},
		{"seed=1.5", "seed", "1.5", "integer"},
		{"weights=3,0", "weights", "3,0", "1 to 100"},
		{"login=page", "login", "page", "answer, redirect"},
		{"save-delay=25h", "save-delay", "25h", "0 to 24h"},
		{"cookies=eaten", "cookies", "eaten", "kept, dropped"},
		{"do=1s set cookies=dropped", "set", "cookies", "mode, workers"},
		{"cart-delay=-1s", "cart-delay", "-1s", "0 to 24h"},
		{"store-client=jedis", "store-client", "jedis", "ioredis"},
		{"store-connect=never", "store-connect", "never", "first, background"},
		{"secret=mine", "secret", "mine", "shared, per-process"},
		{"session-lock=php", "session-lock", "php", "true, false"},
		{"store-persistence=disk", "store-persistence", "disk", "rdb, none, aof"},
		{"do=1s store off", "store", "off", "down, shutdown, up, slow, full"},
		{"turns=yes", "turns", "yes", "true, false"},
		{"do=crash 1", "do", "crash 1", "a moment"},
		{"do=12s crash 99", "crash", "99", "1 to 16"},
		{"do=12s crash 1 everything", "crash", "1 everything", "crash 1 handler"},
		{"do=12s crash handler", "crash", "handler", "crash 1 handler"},
		{"do=12s restart 1 handler", "restart", "1 handler", "restart 1"},
		{"pm2=fork", "pm2", "fork", "auto or cluster, since 2 processes cannot listen on one port"},
		{"pm2=fork&workers=max&cores=4", "pm2", "fork", "since 4 processes"},
		{"pm2=forks", "pm2", "forks", "auto, fork, cluster"},
		{"kill-timeout=1600", "kill-timeout", "1600", "0 to 24h: 1.6s, 10s"},
		{"handlers=", "handlers", "", "none, or names"},
		{"handlers=vote", "handlers", "vote", "or one of limit, limit-store, price"},
		{"handlers=vote:", "handlers", "vote: ", "1 to 16 of them"},
		{"handlers=Vote: incr a", "handlers", "Vote", "small letters"},
		{"handlers=login: incr a", "handlers", "login", "none that stands for something already"},
		{"handlers=set: incr a", "handlers", "set", "none that stands for something already"},
		{"handlers=vote: incr a | vote: incr b", "handlers", "vote", "each once"},
		{"handlers=vote: incr a |", "handlers", "", "small letters"},
		{"handlers=vote: jump 3", "handlers", "vote: jump 3", "the steps compute 5ms, pause 300ms"},
		{"handlers=vote: incr a b", "handlers", "vote: incr a b", "the steps"},
		{"handlers=vote: read memory", "handlers", "vote: read memory", "read or write memory, session or store NAME"},
		{"handlers=vote: read disk a", "handlers", "vote: read disk a", "read or write memory, session or store NAME"},
		{"handlers=vote: read store counter", "handlers", "vote: read store counter", "the steps"},
		{"handlers=vote: write session user", "handlers", "vote: write session user", "a login writes it"},
		{"handlers=vote: answer 100", "handlers", "vote: answer 100", "200 to 599"},
		{"handlers=vote: answer 429 over", "handlers", "vote: answer 429 over", "over N"},
		{"handlers=vote: over 5", "handlers", "vote: over 5", "the steps"},
		{"handlers=vote: add 1000001", "handlers", "vote: add 1000001", "the steps"},
		{"handlers=vote: compute 11s", "handlers", "vote: compute 11s", "the steps"},
		{"handlers=vote: pause 25h", "handlers", "vote: pause 25h", "the steps"},
		{"handlers=job: read session a", "handlers", "job: read session a", "a job has no visitor"},
		{"handlers=a: add 1 | b: add 1 | c: add 1 | d: add 1 | e: add 1 | f: add 1 | g: add 1 | h: add 1 | i: add 1", "handlers", "i", "at most 8 handlers"},
		{"handlers=a: " + strings.Repeat("add 1, ", 16) + "add 2", "handlers", "a: add 2", "1 to 16 of them"},
		{"script=vote", "script", "vote", "login, visit"},
		{"timer=all", "timer", "all", "none, each, first, store"},
		{"timer-every=50ms", "timer-every", "50ms", "100ms to 24h"},
		{"do=12s set handlers=limit", "set", "handlers", "mode, workers"},
		{"do=12s explode", "command", "explode", "login, visit"},
		{"do=12s set mode=cloud", "mode", "cloud", "local, store"},
		{"do=12s set seed=4", "set", "seed", "mode, workers"},
		{"do=12s store sideways", "store", "sideways", "down, up, slow"},
		{"do=25h crash 1", "do", "25h crash 1", "0 to 24h"},
		{"do=1s login <b>", "login", "<b>", "the name of a visitor"},
	} {
		_, err := scenario.Parse(row.query)
		var e *scenario.Error
		if !errors.As(err, &e) {
			t.Errorf("%s: got error %v, want an *Error", row.query, err)
			continue
		}
		if e.Key != row.key || e.Value != row.value || !strings.Contains(e.Places.Fill(e.Allowed), row.allowed) {
			t.Errorf("%s: got key %q, value %q, allowed %q; want %q, %q, …%s…", row.query, e.Key, e.Value, e.Allowed, row.key, row.value, row.allowed)
		}
		if text := e.Error(); !strings.Contains(text, row.key) || !strings.Contains(text, "allowed: ") {
			t.Errorf("%s: the sentence lacks the key or what is allowed: %s", row.query, text)
		}
	}
}

func TestTooMuch(t *testing.T) {
	var do []string
	for range scenario.MaxCommands + 1 {
		do = append(do, "1s reload")
	}
	if _, err := scenario.Parse("do=" + strings.Join(do, ";")); err == nil {
		t.Error("1001 commands were taken")
	}
	if _, err := scenario.Parse("visitors=" + strings.Repeat("a", 300<<10)); err == nil {
		t.Error("300 KiB were taken")
	}
	_, err := scenario.Parse("mode=" + strings.Repeat("x", 1000))
	if err == nil || len(err.Error()) > 300 {
		t.Errorf("a long value is repeated whole in the error: %v", err)
	}
}

// FuzzParse: whatever is given, Parse says what is wrong or gives a scenario
// that its own String gives again.
func FuzzParse(f *testing.F) {
	for _, q := range []string{"", "mode=store&workers=3", "do=12s set mode=store; 15s crash 1", "visitors=Ada,Grace&script=login,visit*3",
		"think=1.5s&jitter=50%", "quantum=inf&max-age=none", "mode=%zz", "do=;;", "visitors=Zoë", "do=1s+set+workers%3Dmax", "pm2=fork&workers=1&kill-timeout=10s", "do=1s crash 2 handler;2s crash  3  handler",
		"handlers=limit|vote: read session a, pause 3s over 2, add -1 if missing, write store a&script=vote,limit*2&do=1s vote Ada", "handlers=a:put 3 under -4,answer 404&timer=each"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, query string) {
		s, err := scenario.Parse(query)
		if err != nil {
			var e *scenario.Error
			if !errors.As(err, &e) || e.Allowed == "" {
				t.Fatalf("%q: not an *Error that says what is allowed: %v", query, err)
			}
			return
		}
		link := s.String()
		again, err := scenario.Parse(link)
		if err != nil {
			t.Fatalf("%q: its own link %q is refused: %v", query, link, err)
		}
		if again.String() != link {
			t.Fatalf("%q: the link changes from %q to %q", query, link, again.String())
		}
		if d := cmp.Diff(s, again, compare); d != "" {
			t.Fatalf("%q: the link %q gives another scenario: %s", query, link, d)
		}
	})
}

// TestVerbs: what is a verb can be read, and is among what is allowed.
func TestVerbs(t *testing.T) {
	refused := func(text string) *scenario.Error {
		_, err := new(scenario.Scenario).ParseCommand(text)
		e, _ := errors.AsType[*scenario.Error](err)
		return e
	}
	unknown := refused("sing")
	for _, verb := range scenario.Verbs() {
		if e := refused(verb + " ?"); e != nil && e.Key == unknown.Key {
			t.Errorf("%s is no verb: %v", verb, e)
		}
		if !strings.Contains(unknown.Allowed, verb) {
			t.Errorf("%s is not among %s", verb, unknown.Allowed)
		}
	}
	for _, word := range regexp.MustCompile(`(?:^|[,;] |or )([a-z]+)`).FindAllStringSubmatch(unknown.Allowed, -1) {
		if e := refused(word[1] + " ?"); (e == nil || e.Key != unknown.Key) != slices.Contains(scenario.Verbs(), word[1]) {
			t.Errorf("%s is a verb for one and not for the other", word[1])
		}
	}
}
