package lessons

import "slices"

// paths looks at the lessons that come before, and at links.
func (p *proof) paths() {
	for _, need := range p.Needs {
		switch {
		case need == p.Slug:
			p.wrong(p.lines["needs"], "needs: a lesson cannot need itself")
		case p.unreadable(p.Language, need):
		case p.course.Find(p.Language, need) == nil:
			p.wrong(p.lines["needs"], "needs: there is no lesson %s%s", show(need), p.meant(need))
		case p.reaches(need, p.Slug, nil):
			p.wrong(p.lines["needs"], "needs: %s needs this lesson in turn", need)
		}
	}
	for _, l := range p.links {
		to := p.Lesson
		if l.slug != "" {
			to = p.course.Find(p.Language, l.slug)
		}
		switch {
		case p.unreadable(p.Language, l.slug):
		case to == nil:
			p.wrong(l.line, "this link is dead: there is no lesson %s%s", show(l.slug), p.meant(l.slug))
		case l.step > len(to.Steps):
			p.wrong(l.line, "this link is dead: %s has no step %d, it has %d", to.Slug, l.step, len(to.Steps))
		}
	}
}

// meant asks whether another lesson was meant.
func (p *proof) meant(slug string) string {
	var slugs []string
	for _, l := range p.course.Lessons[p.Language] {
		slugs = append(slugs, l.Slug)
	}
	return meant(slug, slugs)
}

// reaches says whether a lesson needs another one, directly or not.
func (p *proof) reaches(from, to string, seen []string) bool {
	l := p.course.Find(p.Language, from)
	if l == nil || oneOf(from, seen) {
		return false
	}
	return slices.ContainsFunc(l.Needs, func(need string) bool {
		return need == to || p.reaches(need, to, append(seen, from))
	})
}
