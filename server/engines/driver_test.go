package engines

import "context"

// driver drives one page of a browser.
type driver interface {
	// open loads an address in the page.
	open(ctx context.Context, address string) error
	// evaluate gives the value of a JavaScript expression as a text, in the page,
	// or in the frame in it that a selector finds.
	evaluate(ctx context.Context, frame, expression string) (string, error)
	// act does what a hand does; the sources are those of WebDriver's actions.
	act(ctx context.Context, sources []source) error
	// close ends the session. The process is ended by who began it.
	close()
}

// source is a device, and what is done with it.
type source struct {
	Type    string   `json:"type"`
	ID      string   `json:"id"`
	Actions []action `json:"actions"`
}

// action is one thing that is done with a device.
type action struct {
	Type   string `json:"type"`
	Value  string `json:"value,omitempty"` // of a key
	Button int    `json:"button"`
	X      int    `json:"x"` // px
	Y      int    `json:"y"`
}

// clickAt is a click at a point of the window.
func clickAt(x, y int) []source {
	return []source{{Type: "pointer", ID: "mouse", Actions: []action{{Type: "pointerMove", X: x, Y: y}, {Type: "pointerDown"}, {Type: "pointerUp"}}}}
}

// stroke is a key that is pressed and let go.
func stroke(key string) []source {
	return []source{{Type: "key", ID: "keyboard", Actions: []action{{Type: "keyDown", Value: key}, {Type: "keyUp", Value: key}}}}
}

// right is the key with the arrow to the right, as WebDriver writes it.
const right = "\ue014"
