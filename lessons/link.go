package lessons

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// link is a link to a lesson of the course. Whether that is there is known
// only when all are read.
type link struct {
	slug string // empty: the same lesson
	step int    // 0: none in particular
	line int
}

const linksAllowed = "a link leads to https://…, http://… or mailto:…, to another lesson (02-why-at-random or 02-why-at-random#step-3), to a step of this one (#step-3), or to a page of this site (/…)"

var (
	toLesson = regexp.MustCompile(`^([a-z0-9]+(?:-[a-z0-9]+)*)?(?:#step-([1-9][0-9]{0,2}))?$`)
	// onSite is an address of this site. What browsers take for the name of
	// another one (//, /\) is none.
	onSite   = regexp.MustCompile(`^/($|[^/\\])`)
	lessonAt = regexp.MustCompile(`^/lessons/([a-z0-9-]+)(?:\?[^#]*)?(?:#step-([1-9][0-9]{0,2}))?$`)
)

// otherPages are addresses below /lessons/ that are no lessons.
var otherPages = []string{"guide", "feed.xml", "schema.json"}

// link checks where a link leads and gives the address to be written; that of
// a lesson keeps the language of this one.
func (r *reader) link(to string, line int) string {
	if strings.ContainsFunc(to, func(c rune) bool { return c <= ' ' || c == '\\' || c == 0x7f }) {
		r.wrong(line, "the link %s has a space, a backslash or a control character; %s", show(to), linksAllowed)
		return ""
	}
	if m := toLesson.FindStringSubmatch(to); m != nil && to != "" {
		step, _ := strconv.Atoi(m[2]) // digits, or none: 0
		r.lesson.links = append(r.lesson.links, link{m[1], step, line})
		if m[1] == "" {
			return to
		}
		_, at, _ := strings.Cut(to, "#")
		if at != "" {
			at = "#" + at
		}
		return "/lessons/" + m[1] + "?lang=" + r.lesson.Language + at
	}
	if m := lessonAt.FindStringSubmatch(to); m != nil && !oneOf(m[1], otherPages) {
		step, _ := strconv.Atoi(m[2])
		r.lesson.links = append(r.lesson.links, link{m[1], step, line})
	}
	u, err := url.Parse(to)
	switch {
	case err != nil:
	case onSite.MatchString(to):
		return to
	case u.Scheme == "http" && u.Host != "", u.Scheme == "https" && u.Host != "":
		return to
	case u.Scheme == "mailto" && strings.Contains(u.Opaque, "@"):
		return to
	}
	r.wrong(line, "the link %s is not possible; %s", show(to), linksAllowed)
	return ""
}

// autoLink checks an address between angle brackets.
func (r *reader) autoLink(to string, line int) {
	u, err := url.Parse(to)
	if err != nil || !oneOf(u.Scheme, []string{"http", "https", "mailto"}) && !strings.Contains(to, "@") || strings.Contains(to, "@") && u.Scheme != "" && u.Scheme != "mailto" {
		r.wrong(line, "the link %s is not possible; %s", show(to), linksAllowed)
	}
}
