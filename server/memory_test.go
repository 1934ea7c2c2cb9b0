package main

import "testing"

func TestMemoryFlag(t *testing.T) {
	for text, want := range map[string]int64{
		"512MB": 512e6, "2GiB": 2 << 30, "1 GB": 1e9, "200000KB": 200e6, "134217728": 128 << 20, "134217728B": 128 << 20,
	} {
		var m memory
		if err := m.Set(text); err != nil || int64(m) != want {
			t.Errorf("%s: got %d, error %v; want %d", text, m, err, want)
		}
		var again memory
		if err := again.Set(m.String()); err != nil || again != m {
			t.Errorf("%s: written as %s, read as %d, error %v", text, m.String(), again, err)
		}
	}
	for _, text := range []string{"", "MB", "-1GB", "much", "5", "64MB", "9999999999GB", "1TB", "1.5GB"} {
		var m memory
		if err := m.Set(text); err == nil {
			t.Errorf("%q: got %d, want an error", text, m)
		}
	}
}
