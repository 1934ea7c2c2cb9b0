package web_test

import (
	"io"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"procession/server/fair"
	"procession/server/room"
	"procession/server/web"
	"procession/sim"
	"procession/sim/scenario"
)

// TestReach: addresses of a server are told at the computer on which it runs,
// and nowhere else.
func TestReach(t *testing.T) {
	logger := slog.New(slog.NewTextHandler(io.Discard, nil))
	rooms := room.NewRooms(room.Options{New: func(sc scenario.Scenario) room.Run { return sim.New(sc) }, Logger: logger})
	t.Cleanup(rooms.Close)
	var reach web.Reach
	w, err := web.New(web.Options{
		Rooms: rooms, Turns: fair.New(fair.Options{}), Logger: logger,
		Static: fstest.MapFS{"lang/en.json": {Data: []byte(`{"ui":{}}`)}},
		Reach:  func() web.Reach { return reach },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	ask := func(peer, host string) string {
		r := httptest.NewRequest("GET", "http://"+host+"/reach.json", nil)
		r.RemoteAddr = peer
		answer := httptest.NewRecorder()
		w.ServeHTTP(answer, r)
		if cors := answer.Header().Get("Access-Control-Allow-Origin"); cors != "" || answer.Header().Get("Cross-Origin-Resource-Policy") != "same-origin" {
			t.Errorf("another site may read it: %v", answer.Header())
		}
		return strings.TrimSpace(answer.Body.String())
	}
	reach = web.Reach{Open: true, Addresses: []string{"http://192.168.1.20:8080"}}
	const told, untold = `{"addresses":["http://192.168.1.20:8080"],"open":true}`, `{"addresses":[],"open":true}`
	for _, c := range []struct{ peer, host, want string }{
		{"127.0.0.1:5000", "localhost:8080", told},
		{"127.0.0.1:5000", "127.0.0.1:8080", told},
		{"[::1]:5000", "[::1]:8080", told},
		{"192.168.1.30:5000", "192.168.1.20:8080", untold},
		{"192.168.1.30:5000", "localhost:8080", untold},
		{"127.0.0.1:5000", "lab.example", untold}, // through a proxy that nobody told us of
	} {
		if got := ask(c.peer, c.host); got != c.want {
			t.Errorf("%s asks %s: got %s, want %s", c.peer, c.host, got, c.want)
		}
	}
	reach = web.Reach{Flag: "-addr :8080"}
	if got, want := ask("127.0.0.1:5000", "localhost:8080"), `{"addresses":[],"open":false,"flag":"-addr :8080"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
