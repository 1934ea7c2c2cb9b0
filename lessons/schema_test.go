package lessons

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"procession/internal/own"
	"procession/sim/scenario"
)

// definition is what the test reads of a part of the schema.
type definition struct {
	Properties map[string]struct {
		Enum          []any
		Items         struct{ Enum []any }
		MaxItems      int
		MaxLength     int
		MaxProperties int
	}
	Required             []string
	MaxLength, MaxItems  int
	AdditionalProperties *bool
}

// TestSchema holds the schema and the loader together: each key that one knows
// the other knows, and what one insists on the other insists on.
func TestSchema(t *testing.T) {
	var s struct {
		Properties map[string]any
		Defs       map[string]definition `json:"$defs"`
	}
	if err := json.Unmarshal(Schema(), &s); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]struct{ keys, required []string }{
		"front":     {frontKeys, []string{"title", "summary", "minutes", "scenario"}},
		"handler":   {handlerKeys, nil},
		"symptom":   {symptomKeys, []string{"say", "kind"}},
		"sim":       {simKeys, []string{"until"}},
		"predict":   {predictKeys, predictKeys},
		"choice":    {choiceKeys, choiceKeys},
		"challenge": {challengeKeys, challengeKeys},
		"meet":      {meetKeys, meetKeys},
		"solution":  {solutionKeys, nil},
		"claim":     {claimKeys, []string{"that"}},
	} {
		d := s.Defs[name]
		var keys []string
		for key := range d.Properties {
			keys = append(keys, key)
		}
		if got, want := sorted(keys), sorted(want.keys); !slices.Equal(got, want) {
			t.Errorf("%s: the schema has the keys %v, the loader %v", name, got, want)
		}
		if got, want := sorted(d.Required), sorted(want.required); !slices.Equal(got, want) {
			t.Errorf("%s: the schema needs %v, want %v", name, got, want)
		}
		if d.AdditionalProperties == nil || *d.AdditionalProperties {
			t.Errorf("%s: the schema lets unknown keys pass", name)
		}
	}
	sim := s.Defs["sim"].Properties
	for key, want := range map[string][]string{"play": plays, "speed": speeds, "open": opens} {
		if got := texts(sim[key].Enum); !slices.Equal(got, want) {
			t.Errorf("sim: the schema has the words %v for %s, the loader %v", got, key, want)
		}
	}
	if got := texts(s.Defs["symptom"].Properties["kind"].Enum); !slices.Equal(got, SymptomKinds) {
		t.Errorf("the schema has the kinds of symptoms %v, the loader %v", got, SymptomKinds)
	}
	if got := texts(s.Defs["front"].Properties["part"].Enum); !slices.Equal(got, Parts) {
		t.Errorf("the schema has the parts %v, the loader %v", got, Parts)
	}
	if got := texts(sim["controls"].Items.Enum); !slices.Equal(got, Controls) {
		t.Errorf("sim: the schema has the controls %v, the loader %v", got, Controls)
	}
	for name, want := range map[string]int{"headline": MaxHeadline, "note": MaxNote, "says": own.MaxSays} {
		if got := s.Defs[name].MaxLength; got != want {
			t.Errorf("the schema has room for %d characters in a %s, the loader for %d", got, name, want)
		}
	}
	if got := s.Defs["handler"].Properties["word"].MaxLength; got != own.MaxWord {
		t.Errorf("the schema has room for %d characters in a word, the loader for %d", got, own.MaxWord)
	}
	if got := s.Defs["front"].Properties["handlers"].MaxProperties; got != scenario.MaxHandlers {
		t.Errorf("the schema has room for %d handlers, a scenario for %d", got, scenario.MaxHandlers)
	}
	if got := s.Defs["steps"].MaxItems; got != scenario.MaxSteps {
		t.Errorf("the schema has room for %d steps, a handler for %d", got, scenario.MaxSteps)
	}
	if got := sim["beside"].MaxItems; got != scenario.MaxBeside {
		t.Errorf("sim: the schema has room for %d worlds beside, a room for %d", got, scenario.MaxBeside)
	}
	var blocks []string
	for name := range s.Properties {
		blocks = append(blocks, name)
	}
	if got, want := sorted(blocks), sorted(append([]string{"front"}, blockNames...)); !slices.Equal(got, want) {
		t.Errorf("the schema has %v, the loader %v", got, want)
	}
}

// TestLoaderNeeds gives each needed key of a lesson that is right a name of which nobody guesses what was meant.
func TestLoaderNeeds(t *testing.T) {
	for _, key := range []string{"title", "summary", "minutes", "scenario", "until", "ask", "choices", "say", "when", "feedback", "goal", "meet", "that", "hints", "solutions"} {
		text := strings.Replace(string(Skeleton("x", "en")), key+":", "zzzzz"+key+":", 1)
		c := Load(fstest.MapFS{"en/x.md": {Data: []byte(text)}})
		told := slices.ContainsFunc(c.Problems, func(p Problem) bool {
			return strings.HasSuffix(p.Sentence, "has no "+key) || strings.Contains(p.Sentence, key+" is missing")
		})
		if !told || c.Find("en", "x") != nil {
			t.Errorf("a lesson without %s: got the problems %v", key, c.Problems)
		}
	}
}

func sorted(words []string) []string { return slices.Sorted(slices.Values(words)) }

func texts(values []any) []string {
	var all []string
	for _, v := range values {
		all = append(all, fmt.Sprint(v))
	}
	return all
}

// TestBeside: a lesson may have as many worlds beside its own as a room shows.
func TestBeside(t *testing.T) {
	for n, want := range map[int]bool{scenario.MaxBeside: true, scenario.MaxBeside + 1: false} {
		worlds := []string{"mode=store", "mode=threads", "mode=cookie"}[:n]
		text := strings.Replace(string(Skeleton("x", "en")), "until:", "beside: ["+strings.Join(worlds, ", ")+"]\nuntil:", 1)
		c := Load(fstest.MapFS{"en/x.md": {Data: []byte(text)}})
		full := slices.ContainsFunc(c.Problems, func(p Problem) bool { return strings.Contains(p.Sentence, "there is room for 2 other worlds") })
		if full == want {
			t.Errorf("%d worlds beside: got the problems %v", n, c.Problems)
		}
	}
}
