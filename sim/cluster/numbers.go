package cluster

import (
	"slices"
	"strconv"
	"strings"

	"procession/sim/scenario"
)

// number gives what the session keeps under a name; !ok: nothing.
func (d *data) number(name string) (n int, ok bool) {
	switch name {
	case scenario.CartName:
		return d.cart, d.cart != 0
	case scenario.ViewsName:
		return d.views, d.views != 0
	case scenario.UserName:
		return 1, d.user != ""
	}
	for part := range strings.SplitSeq(d.own, ",") {
		if key, value, _ := strings.Cut(part, ":"); key == `"`+name+`"` {
			n, err := strconv.Atoi(value)
			return n, err == nil
		}
	}
	return 0, false
}

// setNumber keeps a number under a name. The others stay as they are, in the
// order of their names, so that two sessions with the same numbers are equal.
func (d *data) setNumber(name string, n int) {
	switch name {
	case scenario.CartName:
		d.cart = n
		return
	case scenario.ViewsName:
		d.views = n
		return
	}
	key := `"` + name + `":`
	parts := slices.DeleteFunc(strings.Split(d.own, ","), func(part string) bool { return part == "" || strings.HasPrefix(part, key) })
	parts = append(parts, key+strconv.Itoa(n))
	slices.Sort(parts)
	d.own = strings.Join(parts, ",")
}
