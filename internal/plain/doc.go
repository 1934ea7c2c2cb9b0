// Package plain says what a plain text of somebody else's may have in it:
//
//	if c, bad := plain.Unwanted(text); bad { … } // a control character, or one that turns the direction of writing
package plain
