package web_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"procession/sim/cluster"
	"procession/sim/notmodelled"
	"procession/static"
)

var notSlug = regexp.MustCompile(`[^a-z0-9]+`)

// slug is a name as a part of a catalogue's key, as the page makes it.
func slug(name string) string {
	return strings.Trim(notSlug.ReplaceAllString(strings.ToLower(name), "-"), "-")
}

// TestWordsOfWhatIsTrue: the catalogues say of costs, and of what is left out,
// what the simulator says.
func TestWordsOfWhatIsTrue(t *testing.T) {
	want := map[string]string{}
	for _, c := range cluster.Table {
		key := "cost." + slug(c.Name)
		want[key], want[key+".source"] = c.Name, c.Source
	}
	for i, sentence := range notmodelled.List() {
		want[fmt.Sprintf("left-out.%d", i+1)] = sentence
	}
	for _, lang := range []string{"en", "ko"} {
		data, err := static.FS.ReadFile("lang/" + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var words struct{ Later map[string]string }
		if err := json.Unmarshal(data, &words); err != nil {
			t.Fatal(err)
		}
		for key, text := range want {
			got, ok := words.Later[key]
			switch {
			case !ok:
				t.Errorf("%s: %s is missing", lang, key)
			case lang == "en" && got != text:
				t.Errorf("%s: %s is %q, want %q", lang, key, got, text)
			}
		}
		for key := range words.Later {
			_, known := want[key]
			if (strings.HasPrefix(key, "cost.") || strings.HasPrefix(key, "left-out.")) && !known {
				t.Errorf("%s: %s is of nothing that there is", lang, key)
			}
		}
	}
}
