package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"procession/server/qr"
)

func TestQR(t *testing.T) {
	s := newSite(t, 10)
	text := "http://192.168.1.20:8080/?do=12s+set+mode%3Dstore#t=12.5s"
	resp, body := s.get(t, "GET", "/qr.svg?text="+url.QueryEscape(text), nil)
	want, err := qr.SVG(text)
	if err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "image/svg+xml" || body != string(want) {
		t.Fatalf("got %d, %s: %.300s", resp.StatusCode, resp.Header.Get("Content-Type"), body)
	}
	// A strict sandbox around an embed must be able to read it.
	if resp.Header.Get("Access-Control-Allow-Origin") != "*" || !strings.HasPrefix(resp.Header.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Errorf("got the headers %v", resp.Header)
	}
}

func TestQRRefuses(t *testing.T) {
	s := newSite(t, 10)
	for _, c := range []struct{ text, says string }{
		{"", "is not possible; allowed: a complete address"},
		{"hello", "is not possible; allowed: a complete address"},
		{"javascript:alert(1)", "is not possible; allowed: a complete address"},
		{"/?mode=store", "is not possible; allowed: a complete address"},
		{"http://a.example/\xff", "is not possible; allowed: a complete address"},
		{"http://a.example/\n", "is not possible; allowed: a complete address"},
		{"http://a.example/" + strings.Repeat("x", qr.MaxText), "at most 1500 bytes"},
	} {
		resp, body := s.get(t, "GET", "/qr.svg?text="+url.QueryEscape(c.text), nil)
		if resp.StatusCode != http.StatusBadRequest || resp.Header.Get("Content-Type") != "application/json" || !strings.Contains(body, c.says) {
			t.Errorf("%.40q: got %d, %s; want 400 and %q", c.text, resp.StatusCode, body, c.says)
		}
	}
	if _, body := s.get(t, "GET", "/qr.svg?lang=ko&text=hello", nil); !strings.Contains(body, "온전한 주소") {
		t.Errorf("in Korean it says %s", body)
	}
	long := "http://a.example/" + strings.Repeat("x", qr.MaxText-17)
	if resp, body := s.get(t, "GET", "/qr.svg?text="+url.QueryEscape(long), nil); resp.StatusCode != http.StatusOK {
		t.Errorf("as long as it may be: got %d, %s", resp.StatusCode, body)
	}
}
