// Package korean puts Korean particles behind words whose sound is only known
// when a sentence is made: numbers, names in Latin letters. The browser has the
// same rule (static/js/words/korean.js); both are held against one table.
//
//	"3" + korean.Particle("3", "이에요") // "3이에요"; after "2" it is "2예요"
package korean
