package written_test

import (
	"encoding/json"
	"os"
	"strconv"
	"testing"

	"procession/internal/written"
)

// TestWritten holds the rules against the table that the browser's are held
// against, too.
func TestWritten(t *testing.T) {
	data, err := os.ReadFile("../../static/test/written.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows [][4]any
	if err := json.Unmarshal(data, &rows); err != nil || len(rows) < 18 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	rules := map[string]func(n int64, lang string) string{
		"duration": written.Duration, "moment": written.Moment,
		"seconds": func(n int64, lang string) string { return written.Seconds(strconv.FormatInt(n, 10), lang) },
		"percent": func(n int64, lang string) string { return written.Percent(strconv.FormatInt(n, 10), lang) },
	}
	for _, row := range rows {
		n := int64(row[1].(float64))
		for i, lang := range []string{"en", "ko"} {
			if got := rules[row[0].(string)](n, lang); got != row[2+i] {
				t.Errorf("%s(%d, %q) = %q, want %q", row[0], n, lang, got, row[2+i])
			}
		}
	}
}

func TestProgress(t *testing.T) {
	for _, c := range []struct {
		us, goal int64
		lang     string
		want     string
	}{
		{630, 40e6, "en", "630 µs / 40 s"},
		{630, 40e6, "ko", "0초 / 40초"},
		{2_620_000, 40e6, "ko", "2초 / 40초"},
		{39_999_999, 40e6, "ko", "39초 / 40초"},
		{1_620_000, 2e6, "en", "1.62 s / 2 s"},
		{1_620_000, 2e6, "ko", "1.6초 / 2초"},
	} {
		if got := written.Progress(c.us, c.goal, c.lang); got != c.want {
			t.Errorf("Progress(%d, %d, %q) = %q, want %q", c.us, c.goal, c.lang, got, c.want)
		}
	}
}
