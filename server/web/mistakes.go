package web

import (
	"slices"
	"strconv"

	"procession/lessons"
	"procession/templates"
)

// longestLine is how many letters of a wrong line are repeated.
const longestLine = 200

// spot is a place in a lesson: the index of a step, and of a block in it.
type spot struct{ step, block int }

// mistakes shows problems to the author: by file, each with its line.
func (c *course) mistakes(problems []lessons.Problem) (files []templates.Problems) {
	at := map[string]int{}
	for _, p := range problems {
		i, ok := at[p.File]
		if !ok {
			i = len(files)
			at[p.File] = i
			files = append(files, templates.Problems{File: p.File})
		}
		files[i].List = append(files[i].List, c.mistake(p))
	}
	return files
}

// mistake shows a problem with its line.
func (c *course) mistake(p lessons.Problem) templates.Mistake {
	return templates.Mistake{Line: p.Line, Sentence: p.Sentence, Source: c.line(p)}
}

// line gives the line of a problem, shortened.
func (c *course) line(p lessons.Problem) string {
	line := []rune(c.Line(p.File, p.Line))
	if len(line) > longestLine {
		return string(line[:longestLine]) + "…"
	}
	return string(line)
}

// placed shows the problems of a lesson where they are: each at its block. The
// list of all has only links to those, and what stands before the first step.
// Of a draft, only what cannot be read is told: whether the rest is so shows
// once that is mended.
func (c *course) placed(l *lessons.Lesson, told []lessons.Problem) (all []templates.Problems, at map[spot][]templates.Mistake) {
	problems := c.problemsOf(l.File)
	if len(problems) == 0 {
		problems = told
	}
	at = map[spot][]templates.Mistake{}
	all = c.mistakes(problems)
	for _, file := range all {
		for i := range file.List {
			m := &file.List[i]
			step, block, ok := l.Where(m.Line)
			if !ok || len(l.Steps[step].Blocks) == 0 {
				continue
			}
			at[spot{step, block}] = append(at[spot{step, block}], *m)
			m.Source, m.Step = "", stepID(l.Steps[step].Number)
		}
	}
	return all, at
}

// wrong gives what is to be mended in a block; nil: nothing.
func (v lessonView) wrong(at spot, b lessons.Block) *templates.Problems {
	list := v.mistakes[at]
	if broken, ok := b.(*lessons.Broken); ok && broken.Waits > 0 {
		list = append(slices.Clone(list), templates.Mistake{Line: broken.Line, Sentence: v.words.T("lessons.waits", "line", broken.Waits)})
	} else if ok && len(list) == 0 {
		// There are more mistakes than are told.
		list = []templates.Mistake{{Line: broken.Line, Sentence: v.words.T("lessons.broken")}}
	}
	if len(list) == 0 {
		return nil
	}
	return &templates.Problems{File: v.File, List: list}
}

// stepID is the name of a step on its page.
func stepID(number int) string { return "step-" + strconv.Itoa(number) }
