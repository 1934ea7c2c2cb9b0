package web

import (
	"context"
	"net/http"
	"net/url"
	"unicode/utf8"

	"procession/server/problem"
	"procession/server/qr"
	"procession/server/wire"
)

// qrPath is where addresses are as QR codes.
const qrPath = "/qr.svg"

// qr draws an address as a QR code: /qr.svg?text=http%3A%2F%2F…
func (w *Web) qr(rw http.ResponseWriter, r *http.Request) error {
	text := r.URL.Query().Get("text")
	if len(text) > qr.MaxText {
		return problem.Say(wire.BadRange, "qr.length", "text", "value", len(text), "most", qr.MaxText)
	}
	if !isAddress(text) {
		return problem.Say(wire.BadRange, "qr.text", "text", "value", problem.Quote(text))
	}
	file, err := w.memo.answer(r.Context(), "qr "+text, func(ctx context.Context) (file []byte, err error) {
		busy := w.player.turns.Within(ctx, who(r), askWait, func(func() bool) { file, err = qr.SVG(text) })
		if busy != nil {
			return nil, busy
		}
		return file, err
	})
	if err != nil {
		return err
	}
	keepPicture(rw, r, file)
	return nil
}

// isAddress says whether a text is a complete address of the web.
func isAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && utf8.ValidString(text) && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
