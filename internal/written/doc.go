// Package written writes times and shares for people, in the language of the
// reader:
//
//	written.Duration(1_620_000, "en") // "1.62 s"
//	written.Duration(1_620_000, "ko") // "1.6초"
//
// The browser has the same rules (static/js/words/narrate.js); both are held
// against one table, static/test/written.json.
package written
