// Package own has the words that an author gives to a handler: what people call
// it, and the sentence that is told when it has answered.
//
//	entries := own.Words{Name: "vote", Says: map[int]string{200: "{visitor} votes: {value}."}}.Entries()
//	entries["request.answered.200.own.vote"] // "{visitor} votes: {text}.", for the sentences of package narrate
//
// The browser has the same rule (static/js/words/own.js); both are held against
// one table, static/test/own.json.
package own
