package own

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"procession/internal/plain"
	"procession/sim/scenario"
	"procession/sim/trace"
)

// Limits, in characters: a button, and two lines below the stage.
const (
	MaxWord = 24
	MaxSays = 160
)

// Words are those of one handler.
type Words struct {
	Name string         `json:"name"`
	Word string         `json:"word,omitempty"`
	Says map[int]string `json:"says,omitempty"` // by the status of the answer
}

// Value is the place for the number that an answer shows.
const Value = "value"

// Places are what may stand in braces, also with a Korean particle behind it:
// {visitor:이}.
const Places = "{visitor}, {process}, {value}, {status}"

// names are what a catalogue of sentences calls the places.
var names = map[string]string{"visitor": "visitor", "process": "pid", Value: "text", "status": "status"}

// place is a name in braces, with or without a particle.
var place = regexp.MustCompile(`\{([a-z]+)((?::\p{Hangul}+)?)\}`)

// CheckWord says whether people can call a handler so. The error is the end of
// a sentence.
func CheckWord(word string) error {
	if strings.ContainsAny(word, "{}") {
		return errors.New("has braces; a word is the same in each run")
	}
	return bounded(word, MaxWord)
}

// CheckSays says whether a sentence can be told. The error is the end of a
// sentence.
func CheckSays(text string) error {
	for _, found := range place.FindAllStringSubmatch(text, -1) {
		if names[found[1]] == "" {
			return fmt.Errorf("has %s; what is possible in braces is %s", found[0], Places)
		}
	}
	if strings.ContainsAny(place.ReplaceAllString(text, ""), "{}") {
		return fmt.Errorf("has braces around nothing that is known; what is possible in braces is %s", Places)
	}
	if strings.Contains(text, "[[") {
		return errors.New("has [[, which means something else; one bracket is enough")
	}
	return bounded(text, MaxSays)
}

func bounded(text string, most int) error {
	if n := utf8.RuneCountInString(text); n == 0 || n > most {
		return fmt.Errorf("has %d characters; 1 to %d are possible", n, most)
	}
	for _, c := range text {
		if plain.Harmful(c) || c == '\n' || c == '\t' {
			return fmt.Errorf("has the character U+%04X, which no text needs", c)
		}
	}
	return nil
}

// Has says whether a sentence has a place in it.
func Has(text, name string) bool {
	for _, found := range place.FindAllStringSubmatch(text, -1) {
		if found[1] == name {
			return true
		}
	}
	return false
}

// Entries gives what is added to a catalogue of sentences: op.NAME, what people
// call the handler, and what is told of an answer as it leaves and as it comes.
// What cannot be told is left out.
func (w Words) Entries() map[string]string {
	all := map[string]string{}
	if !scenario.ValidHandlerName(w.Name) {
		return all
	}
	if CheckWord(w.Word) == nil {
		all["op."+w.Name] = w.Word
	}
	for status, text := range w.Says {
		if CheckSays(text) != nil {
			continue
		}
		for _, kind := range []trace.Kind{trace.RequestAnswered, trace.RequestDone} {
			all[kind.String()+"."+strconv.Itoa(status)+"."+trace.Own(0).String()+"."+w.Name] = template(text)
		}
	}
	return all
}

// template gives a sentence as a catalogue has it. A process has its colour.
func template(text string) string {
	return place.ReplaceAllStringFunc(text, func(at string) string {
		found := place.FindStringSubmatch(at)
		name := "{" + names[found[1]] + found[2] + "}"
		if found[1] == "process" {
			return "[[" + name + "|p{pid}]]"
		}
		return name
	})
}

// Read reads the words of several handlers, as an address has them. What is
// not right is left out: the stage has words of its own.
func Read(text string) []Words {
	var all []Words
	if json.Unmarshal([]byte(text), &all) != nil {
		return nil
	}
	return all[:min(scenario.MaxHandlers, len(all))]
}
