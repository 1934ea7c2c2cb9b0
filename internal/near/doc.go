// Package near finds the word that somebody meant who wrote another one:
//
//	near.Word("wokers", []string{"mode", "workers"}) // "workers"
package near
