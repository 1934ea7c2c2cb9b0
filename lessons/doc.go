// Package lessons has the lessons: one Markdown file per lesson and language,
// what reads them, and what runs every claim that they make.
//
//	course := lessons.Load(lessons.FS)
//	for _, p := range course.Problems { … } // file, line, sentence
//	l := course.Find("en", "01-the-random-logout")
//	told, problems := l.Tell(ctx) // each step was run: numbers in the prose, right answers
//
// A lesson that cannot be read is a problem; the others are there. Whether all
// that they say is so is for the linter:
//
//	for _, p := range lessons.Lint(ctx, os.DirFS("lessons")) {
//		fmt.Println(p) // file:line: sentence
//	}
//
// A file goes this way: a reader takes front matter, steps and blocks apart
// (reader, front, body, sim, blocks), Markdown becomes HTML (markdown, place,
// colour, link), and conditions become expressions over the Facts of a run
// (expression, env, facts). Lessons come from people whom nobody knows: what is
// large, deep or live is refused before it costs anything (limits).
package lessons
