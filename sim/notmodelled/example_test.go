package notmodelled_test

import (
	"fmt"

	"procession/sim/notmodelled"
)

func Example() {
	for _, sentence := range notmodelled.List()[:1] {
		fmt.Println("-", sentence)
	}
	// Output:
	// - The network has no packets: a message takes the same time however long it is, and nothing is lost, resent or queued; there are no handshakes and no TLS, and of HTTP/2 only that one connection carries many requests at once.
}
