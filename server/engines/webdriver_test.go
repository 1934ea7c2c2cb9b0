package engines

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
)

// elementKey is the name under which WebDriver tells which element it found.
const elementKey = "element-6066-11e4-a52e-4f735466cecf"

// webDriver speaks W3C WebDriver.
type webDriver struct {
	session string // its address
}

var _ driver = (*webDriver)(nil)

// newWebDriver begins a session with a driver that listens at an address. What
// the browser is to be told stands under a name of its own.
func newWebDriver(ctx context.Context, address, name string, options any) (*webDriver, error) {
	capabilities := map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{name: options}}}
	var begun struct {
		SessionID string `json:"sessionId"`
	}
	if err := ask(ctx, http.MethodPost, address+"/session", capabilities, &begun); err != nil {
		return nil, err
	}
	return &webDriver{session: address + "/session/" + begun.SessionID}, nil
}

func (d *webDriver) open(ctx context.Context, address string) error {
	return ask(ctx, http.MethodPost, d.session+"/url", map[string]any{"url": address}, nil)
}

func (d *webDriver) evaluate(ctx context.Context, frame, expression string) (value string, err error) {
	if frame != "" {
		var found map[string]string
		if err := ask(ctx, http.MethodPost, d.session+"/element", map[string]any{"using": "css selector", "value": frame}, &found); err != nil {
			return "", err
		}
		if err := d.enter(ctx, map[string]string{elementKey: found[elementKey]}); err != nil {
			return "", err
		}
		defer func() {
			if left := d.enter(ctx, nil); err == nil {
				err = left
			}
		}()
	}
	script := map[string]any{"script": "return String(" + expression + ")", "args": []any{}}
	err = ask(ctx, http.MethodPost, d.session+"/execute/sync", script, &value)
	return value, err
}

// enter goes into a frame; nil: back to the page.
func (d *webDriver) enter(ctx context.Context, frame any) error {
	return ask(ctx, http.MethodPost, d.session+"/frame", map[string]any{"id": frame}, nil)
}

func (d *webDriver) act(ctx context.Context, sources []source) error {
	return ask(ctx, http.MethodPost, d.session+"/actions", map[string]any{"actions": sources}, nil)
}

func (d *webDriver) close() {
	// The process is ended in any case.
	_ = ask(context.Background(), http.MethodDelete, d.session, nil, nil)
}

// ask sends a command and reads the value of its answer.
func ask(ctx context.Context, method, address string, body, value any) error {
	b, err := json.Marshal(body)
	if err != nil {
		return err
	}
	if method != http.MethodPost {
		b = nil
	}
	r, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(b))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var answer struct{ Value json.RawMessage }
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		return fmt.Errorf("%s: %s: %w", address, resp.Status, err)
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", address, answer.Value)
	}
	if value == nil {
		return nil
	}
	return json.Unmarshal(answer.Value, value)
}
