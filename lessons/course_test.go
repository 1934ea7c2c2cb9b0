package lessons

import (
	"testing"
	"testing/fstest"
)

// TestCourse lints the lessons that come with the program, as
// "procession lint" does.
func TestCourse(t *testing.T) {
	report := Linter{}.Lint(t.Context(), FS)
	for _, p := range report.Problems {
		t.Error(p)
	}
	if report.Languages < 2 {
		t.Errorf("there are %d languages, want English and Korean", report.Languages)
	}
}

// BenchmarkLint lints the lessons that come with the program.
func BenchmarkLint(b *testing.B) {
	for b.Loop() {
		report := Linter{}.Lint(b.Context(), FS)
		b.ReportMetric(float64(report.Lessons), "lessons")
	}
}

// BenchmarkLoad reads them alone, as the server does when it starts.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		Load(FS)
	}
}

// BenchmarkHostile reads what takes a Markdown parser long.
func BenchmarkHostile(b *testing.B) {
	for name, text := range hostile() {
		files := fstest.MapFS{"en/a.md": {Data: []byte(text)}}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Load(files)
			}
		})
	}
}
