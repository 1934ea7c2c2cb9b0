package perfetto

// track names a track: a process and a thread of the format.
type track struct{ pid, tid int }

// request is a request that a thread handles.
type request struct {
	track track
	since int64
	inner *inner // what it waits for, or waited for last
}

// inner is a slice within a request.
type inner struct {
	name, cat string
	since     int64
	until     int64 // 0: not known yet
	args      map[string]any
}

// lanes are the tracks of a thread's requests: which are in use.
type lanes []bool

// take gives the first free track.
func (l *lanes) take() (lane int) {
	for i, used := range *l {
		if !used {
			(*l)[i] = true
			return i
		}
	}
	*l = append(*l, true)
	return len(*l) - 1
}
