// Package lessons has the lessons: one Markdown file per lesson and language,
// what reads them, and what runs every claim that they make.
//
// Load reads them, Find gives one, and Tell runs its steps: it fills the numbers
// into the prose and finds the right answers. See Example.
//
// A lesson that cannot be read is a problem; the others are there. Whether all
// that they say is so is for the Linter.
//
// A file goes this way: a reader takes front matter, steps and blocks apart
// (reader, front, body, sim, blocks), Markdown becomes HTML (markdown, place,
// colour, link), and conditions become expressions over the Facts of a run
// (expression, env, facts). Lessons come from people whom nobody knows: what is
// large, deep or live is refused before it costs anything (limits).
package lessons
