package notmodelled_test

import (
	"strings"
	"testing"

	"procession/sim/notmodelled"
)

func TestSentences(t *testing.T) {
	list := notmodelled.List()
	if len(list) == 0 {
		t.Fatal("nothing is left out")
	}
	for _, s := range list {
		if !strings.HasSuffix(s, ".") || strings.ContainsAny(s, "\n<>") {
			t.Errorf("not a plain sentence: %q", s)
		}
	}
	list[0] = "changed"
	if notmodelled.List()[0] == "changed" {
		t.Error("a caller can change the list")
	}
}
