package engines

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/gorilla/websocket"
)

// biDi speaks WebDriver BiDi. Its commands come one after the other.
type biDi struct {
	conn *websocket.Conn
	last int    // number of a command
	page string // its browsing context
}

var _ driver = (*biDi)(nil)

// newBiDi begins a session with a browser that listens at an address.
func newBiDi(ctx context.Context, address string) (*biDi, error) {
	conn, _, err := websocket.DefaultDialer.DialContext(ctx, address+"/session", nil)
	if err != nil {
		return nil, err
	}
	d := &biDi{conn: conn}
	if err := d.ask(ctx, "session.new", map[string]any{"capabilities": map[string]any{}}, nil); err != nil {
		conn.Close()
		return nil, err
	}
	var made struct{ Context string }
	if err := d.ask(ctx, "browsingContext.create", map[string]any{"type": "tab"}, &made); err != nil {
		conn.Close()
		return nil, err
	}
	d.page = made.Context
	return d, nil
}

func (d *biDi) open(ctx context.Context, address string) error {
	return d.ask(ctx, "browsingContext.navigate", map[string]any{"context": d.page, "url": address, "wait": "complete"}, nil)
}

func (d *biDi) evaluate(ctx context.Context, frame, expression string) (string, error) {
	place := d.page
	if frame != "" {
		var err error
		if place, err = d.frame(ctx, frame); err != nil {
			return "", err
		}
	}
	return d.value(ctx, place, "String("+expression+")")
}

// value gives the value of an expression that is a text.
func (d *biDi) value(ctx context.Context, place, expression string) (string, error) {
	var told struct {
		Type             string
		Result           struct{ Value string }
		ExceptionDetails struct{ Text string }
	}
	err := d.ask(ctx, "script.evaluate", map[string]any{"expression": expression, "target": map[string]any{"context": place}, "awaitPromise": false}, &told)
	if err == nil && told.Type == "exception" {
		err = fmt.Errorf("%s", told.ExceptionDetails.Text)
	}
	return told.Result.Value, err
}

// frame gives the browsing context of a frame that a selector finds.
func (d *biDi) frame(ctx context.Context, selector string) (string, error) {
	var told struct {
		Result struct {
			Value struct{ Context string }
		}
	}
	window := fmt.Sprintf("document.querySelector(%q).contentWindow", selector)
	if err := d.ask(ctx, "script.evaluate", map[string]any{"expression": window, "target": map[string]any{"context": d.page}, "awaitPromise": false}, &told); err != nil {
		return "", err
	}
	return told.Result.Value.Context, nil
}

func (d *biDi) act(ctx context.Context, sources []source) error {
	return d.ask(ctx, "input.performActions", map[string]any{"context": d.page, "actions": sources}, nil)
}

func (d *biDi) close() { d.conn.Close() }

// ask sends a command and reads its answer; events that come before are not for us.
func (d *biDi) ask(ctx context.Context, method string, params, result any) error {
	if deadline, ok := ctx.Deadline(); ok {
		d.conn.SetReadDeadline(deadline)
	}
	d.last++
	if err := d.conn.WriteJSON(map[string]any{"id": d.last, "method": method, "params": params}); err != nil {
		return err
	}
	for {
		var answer struct {
			ID      int
			Error   string
			Message string
			Result  json.RawMessage
		}
		if err := d.conn.ReadJSON(&answer); err != nil {
			return fmt.Errorf("%s: %w", method, err)
		}
		switch {
		case answer.ID != d.last:
		case answer.Error != "":
			return fmt.Errorf("%s: %s: %s", method, answer.Error, answer.Message)
		case result == nil:
			return nil
		default:
			return json.Unmarshal(answer.Result, result)
		}
	}
}
