package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"procession/lessons"
	"procession/sim/scenario"
	"procession/static"
)

const lintHelp = `Runs every step of lessons, and says what is wrong: answers that are not what happens, claims
that are not so, solutions that do not solve, keys that do not exist, dead links, languages that
differ, texts that are too long.

  procession lint [flags] [DIR | FILE...]

DIR has a folder for each language, and in it a Markdown file for each lesson. Without DIR the
lessons that come with the program are linted. With FILE (lessons/en/01-the-random-logout.md)
only those lessons are, in all languages.

Flags
  --lang LIST      only these languages: --lang en. With one, languages are not compared
  --format FORMAT  text: a line FILE:LINE: SENTENCE for each problem (default)
                   json: a list of {"file", "line", "sentence"}
  -v, --verbose    as text, name also the choice of each question that comes true
  -h, --help       this text

Problems go to standard output. The exit code is 0 when there is none, and 2 when there are some
or the arguments are wrong. It is 1 when the simulator itself broke, which is a mistake of ours.
`

// lintOptions is what the arguments of lint say.
type lintOptions struct {
	fsys   fs.FS
	linter lessons.Linter
	json   bool
	picked bool // the answers that come true are told, too

	languages []string // that are linted
}

// Lint does what the arguments after "lint" say and gives the exit code.
func Lint(args []string, stdout, stderr io.Writer) int {
	c := command{"lint", stderr}
	o, err := parseLint(args)
	if errors.Is(err, pflag.ErrHelp) {
		_, err := io.WriteString(stdout, lintHelp)
		return c.done(err)
	}
	if err != nil {
		return c.badInput(err)
	}
	interrupted, stop := signals()
	defer stop()
	report := o.linter.Lint(interrupted, o.fsys)
	if interrupted.Err() != nil {
		return c.done(errors.New("interrupted"))
	}
	c.wordless(o.languages)
	if o.json {
		err = writeJSON(stdout, append([]lessons.Problem{}, report.Problems...)) // none are an empty list
	} else {
		if !o.picked {
			report.Picked = nil
		}
		err = writeReport(stdout, report)
	}
	if code := c.done(err); code != exitOK || len(report.Problems) == 0 {
		return code
	}
	if report.Broke {
		return exitFailed
	}
	return exitBadInput
}

// wordless says in which languages the page has no words: that is no mistake, but
// an author should know.
func (c command) wordless(languages []string) {
	for _, language := range languages {
		base, _, _ := strings.Cut(language, "-")
		if !slices.ContainsFunc([]string{language, base}, func(tag string) bool {
			_, err := fs.Stat(static.FS, "lang/"+tag+".json")
			return err == nil
		}) {
			fmt.Fprintf(c.stderr, "procession %s: %s: the page has no words in this language, so its buttons and the stage speak English around lessons in it\n", c.name, language)
		}
	}
}

// parseLint reads the arguments. The error is a sentence, or pflag.ErrHelp.
func parseLint(args []string) (lintOptions, error) {
	o := lintOptions{fsys: lessons.FS}
	flags := pflag.NewFlagSet("lint", pflag.ContinueOnError)
	flags.SetOutput(io.Discard) // we say it ourselves
	flags.Usage = func() {}
	format := flags.String("format", "text", "")
	languages := flags.StringSlice("lang", nil, "")
	flags.BoolVarP(&o.picked, "verbose", "v", false, "")
	wantHelp := flags.BoolP("help", "h", false, "")
	if err := flags.Parse(withTwoDashes(flags, args)); err != nil {
		return o, fmt.Errorf("%w; `procession lint -h` says what there is", err)
	}
	if *wantHelp {
		return o, pflag.ErrHelp
	}
	if *format != "text" && *format != "json" {
		return o, &scenario.Error{Key: "--format", Value: *format, Allowed: "text, json"}
	}
	o.json = *format == "json"
	if err := o.open(flags.Args()); err != nil {
		return o, err
	}
	there, err := lessons.Languages(o.fsys)
	if err != nil {
		return o, err
	}
	for _, language := range *languages {
		if !slices.Contains(there, language) {
			return o, &scenario.Error{Key: "--lang", Value: language, Allowed: "the languages of these lessons: " + strings.Join(there, ", ")}
		}
	}
	o.linter.Languages = *languages
	if o.languages = *languages; len(o.languages) == 0 {
		o.languages = there
	}
	return o, nil
}

// open finds the folder of lessons.
func (o *lintOptions) open(args []string) error {
	var dir string
	for _, arg := range args {
		info, err := os.Stat(arg)
		if err != nil {
			return fmt.Errorf("%q cannot be read: %w", arg, err)
		}
		in, slug := arg, ""
		if !info.IsDir() {
			abs, err := filepath.Abs(arg)
			if err != nil {
				return err
			}
			in, slug = filepath.Dir(filepath.Dir(abs)), strings.TrimSuffix(filepath.Base(abs), ".md")
			if !slices.Contains(o.linter.Slugs, slug) {
				o.linter.Slugs = append(o.linter.Slugs, slug)
			}
		}
		if dir != "" && (in != dir || slug == "") {
			return fmt.Errorf("one folder of lessons is wanted, or files of one; %q is another one", arg)
		}
		dir = in
	}
	if dir == "" {
		return nil
	}
	folder, err := lessons.OpenFolder(dir) // open until the program ends
	if err != nil {
		return fmt.Errorf("%q cannot be read: %w", dir, err)
	}
	o.fsys = folder
	if there, err := lessons.Languages(o.fsys); err != nil || len(there) == 0 {
		return fmt.Errorf("%q has no folder for a language, such as en, with lessons in it", dir)
	}
	return nil
}

// writeReport writes a line for each answer that is to be told and for each
// problem, and at the end how many problems there are.
func writeReport(w io.Writer, r lessons.Report) error {
	var b strings.Builder
	for _, p := range r.Picked {
		b.WriteString(p.String() + "\n")
	}
	for _, p := range r.Problems {
		b.WriteString(p.Error() + "\n")
	}
	told := "no problem"
	if len(r.Problems) > 0 {
		told = counted(len(r.Problems), "problem")
	}
	fmt.Fprintf(&b, "%s in %s: %s.\n", counted(r.Lessons, "lesson"), counted(r.Languages, "language"), told)
	_, err := io.WriteString(w, b.String())
	return err
}
