package sim_test

import (
	"fmt"
	"strings"
	"testing"
)

// visits gives the commands by which Ada visits again and again; moments in ms.
func visits(first, every, until int) string {
	var b strings.Builder
	for at := first; at < until; at += every {
		fmt.Fprintf(&b, "%dms visit Ada; ", at)
	}
	return b.String()
}

// TestReloadWithoutStore: an app that awaits its store does not listen while
// that is away, so pm2's reload waits three seconds for each process and ends
// the one before all the same. Then nobody listens. The first two are measured,
// by tools/reality, three times; who is the first one there when the store is
// back is random.
func TestReloadWithoutStore(t *testing.T) {
	const query = measured + "mode=store&graceful=true&visitors=Ada&store-connect="
	for _, c := range []struct{ name, query, want, lives string }{
		{"the store is back after the reload", "first&do=" + visits(200, 500, 12_000) + "1s store down; 2s reload; 12s store up; 15250ms visit Ada; 15500ms visit Ada",
			"A- B- A- B- A- B- A- B- A- B- B- B- B- B- B- B- ! ! ! ! ! ! ! ! B- A-",
			"5000 stopped 101 reload\n5000 starting 201\n8000 stopped 102 reload\n8000 starting 202\n12150 listening 202\n13150 listening 201"},
		{"the store is back before the first process is told to end", "first&do=" + visits(200, 500, 8_000) + "1s store down; 2s reload; 3s store up",
			"A- B- A- B- A- B- A- B- A- B- A- B- A- B- A- B-",
			"3550 stopped 101 reload\n3550 starting 201\n3550 listening 201\n3750 stopped 102 reload\n3750 starting 202\n3750 listening 202"},
		{"an app that connects in the background listens at once", "background&do=" + visits(200, 500, 5_000) + "1s store down; 2s reload",
			"A- B- A- B- B- A- B- A- B- A-",
			"2200 stopped 101 reload\n2200 starting 201\n2200 listening 201\n2400 stopped 102 reload\n2400 starting 202\n2400 listening 202"},
		{"a client of ioredis gives nothing to await", "first&store-client=ioredis&do=1s store down; 2s reload; 4s visit Ada",
			"A-",
			"2200 stopped 101 reload\n2200 starting 201\n2200 listening 201\n2400 stopped 102 reload\n2400 starting 202\n2400 listening 202"},
		{"a crash of the one that still listens ends the one that waits, too", "first&do=1s store down; 2s reload; 4s crash 1; 4.1s visit Ada",
			"A-",
			"4000 crashed 101 crash\n4060 starting 301\n7000 stopped 102 reload\n7000 starting 202"},
	} {
		log := finish(t, query+c.query).Log()
		if got := cells(log); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.name, got, c.want)
		}
		if got := lives(log); got != c.lives {
			t.Errorf("%s\n got\n%s\nwant\n%s", c.name, got, c.lives)
		}
	}
}

// TestReloadBehindNginx: of four processes on ports of their own pm2 reload ends
// two, and the next two before those listen again. Whoever asks meanwhile is
// answered 502, and so is everybody for ten seconds more: nginx has left out all
// four ("no live upstreams"), and counts in whole seconds. Measured by
// tools/reality, the same in all cells three times.
func TestReloadBehindNginx(t *testing.T) {
	// The first visit after the command comes between the two pairs, which are 0.12 s
	// apart here and were 0.3 s apart.
	got := cells(finish(t, measured+"workers=4&balancer=least-connections&visitors=Ada&do="+visits(50, 250, 16_000)+"2s reload").Log())
	want := "A- B- C- D- A- B- C- D- C- " + strings.Repeat("5 ", 43) + "C- C- D- B- C- D- A- B- C- D- A- B-"
	if got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

// TestDeadPeerInSeconds: one that is found dead is left out for more than ten
// whole seconds. Measured by tools/reality, three times.
func TestDeadPeerInSeconds(t *testing.T) {
	got := cells(finish(t, measured+"workers=2&balancer=least-connections&visitors=Ada&do="+visits(200, 400, 16_000)+"2s crash 2").Log())
	want := "A- B- A- B- " + strings.Repeat("A- ", 30) + "B- A- B- A- B- A-"
	if got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}
