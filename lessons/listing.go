package lessons

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// namesAtOnce is how many names of a folder are read at once.
const namesAtOnce = 256

// Languages gives the languages for which a folder of lessons has a folder, in
// alphabetical order.
func Languages(fsys fs.FS) ([]string, error) {
	entries, _, err := entriesOf(fsys, ".")
	var all []string
	for _, e := range entries {
		if e.IsDir() && IsLanguage(e.Name()) {
			all = append(all, e.Name())
		}
	}
	return all, err
}

// entriesOf gives what is in a folder, by name, but never more than is looked at of
// one. It says whether there is more.
func entriesOf(fsys fs.FS, dir string) (all []fs.DirEntry, more bool, err error) {
	f, err := fsys.Open(dir)
	if err != nil {
		return nil, false, err
	}
	defer f.Close()
	folder, ok := f.(fs.ReadDirFile)
	if !ok {
		return nil, false, errors.New("it is no folder")
	}
	for err == nil && len(all) <= maxNames {
		var some []fs.DirEntry
		some, err = folder.ReadDir(namesAtOnce)
		all = append(all, some...)
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	if more = len(all) > maxNames; more {
		all = all[:maxNames]
	}
	slices.SortFunc(all, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return all, more, err
}

// listing is what a folder of lessons looks like at a moment.
type listing struct {
	languages []string
	sources   []source  // by language, then by name
	problems  []Problem // of folders
}

// source is a file that should be a lesson.
type source struct {
	language, slug, file string
	stamp                string // another one after each change of the file
	info                 fs.FileInfo
	err                  error // why it cannot be looked at
}

// survey looks at a folder of lessons, and opens no file.
func survey(fsys fs.FS) listing {
	var l listing
	languages, err := Languages(fsys)
	if err != nil {
		l.wrong(".", sentence("the folder of lessons cannot be read", err))
	}
	if len(languages) > maxLanguages {
		l.wrong(languages[maxLanguages], fmt.Sprintf("there are more than %d languages; this one and those after it are left out", maxLanguages))
		languages = languages[:maxLanguages]
	}
	l.languages = languages
	bytes := int64(0)
	for _, language := range languages {
		for _, s := range l.files(fsys, language) {
			if s.err == nil {
				bytes += s.info.Size()
			}
			if bytes > maxCourse {
				l.wrong(s.file, fmt.Sprintf("the lessons have more than %d MB together; this one and those after it are left out", maxCourse>>20))
				return l
			}
			l.sources = append(l.sources, s)
		}
	}
	return l
}

func (l *listing) wrong(file, sentence string) {
	l.problems = append(l.problems, Problem{file, 1, sentence})
}

// files finds the files of a language.
func (l *listing) files(fsys fs.FS, language string) (all []source) {
	entries, more, err := entriesOf(fsys, language)
	if err != nil {
		l.wrong(language, sentence("this folder cannot be read", err))
	}
	if more {
		l.wrong(language, fmt.Sprintf("there are more than %d files in this folder, and only some of them are looked at; keep in it what is a lesson", maxNames))
	}
	for _, e := range entries {
		slug, isLesson := strings.CutSuffix(e.Name(), ".md")
		if e.IsDir() || !isLesson || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		file := path.Join(language, e.Name())
		if len(all) == maxLessons {
			l.wrong(file, fmt.Sprintf("there are more than %d lessons in this folder; this one and those after it are left out", maxLessons))
			break
		}
		all = append(all, look(fsys, source{language: language, slug: slug, file: file}))
	}
	slices.SortFunc(all, func(a, b source) int { return cmp.Compare(a.slug, b.slug) })
	return all
}

// look looks at a file.
func look(fsys fs.FS, s source) source {
	// Stat of the file system, since it refuses links that lead out of it.
	s.info, s.err = fs.Stat(fsys, s.file)
	switch {
	case s.err == nil && !s.info.Mode().IsRegular():
		s.err = errNoFile
	case s.err == nil && s.info.Size() > maxFile:
		s.err = errTooLarge
	}
	if s.err != nil {
		s.stamp = s.err.Error()
	} else {
		s.stamp = fmt.Sprint(s.info.Size(), s.info.ModTime().UnixNano())
	}
	return s
}
