package main

import (
	"bufio"
	"bytes"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/gorilla/websocket"
)

const (
	roomCount = 2000             // each with a socket: as many as a server has
	roomWarm  = 5 * time.Second  // before anything is counted
	roomTime  = 10 * time.Second // in which it is
	// clockTick is the unit of /proc/PID/stat, the same on every Linux that Go runs on.
	clockTick = 10 * time.Millisecond
	// openSlots is how many sockets are opened at once.
	openSlots = 20
)

// rooms measures what 2,000 rooms cost that play the default scenario, each for
// a socket of its own. The server is a process of its own, so that what the
// clients cost does not count.
func rooms(int) (report, error) {
	s, err := startServer()
	if err != nil {
		return report{}, err
	}
	defer s.stop()
	all := make([]*viewer, roomCount)
	defer func() {
		for _, v := range all {
			if v != nil {
				_ = v.conn.Close()
			}
		}
	}()
	if err := openAll(s.addr, all); err != nil {
		return report{}, err
	}
	time.Sleep(roomWarm)
	began, before, err := s.used()
	if err != nil {
		return report{}, err
	}
	var shown, frames int64
	for _, v := range all {
		shown -= v.now.Load()
		frames -= v.frames.Load()
	}
	time.Sleep(roomTime)
	ended, after, err := s.used()
	if err != nil {
		return report{}, err
	}
	for _, v := range all {
		if err := v.failed(); err != nil {
			return report{}, err
		}
		shown += v.now.Load()
		frames += v.frames.Load()
	}
	took := ended.Sub(began)
	return report{goals: []goal{
		{what: "CPU cores used", got: float64(after-before) / float64(took), most: 1},
		{what: "virtual seconds shown a second, mean of the rooms", got: float64(shown) / roomCount / float64(took.Microseconds()), least: 0.95},
		{what: "frames a second and room", got: float64(frames) / roomCount / took.Seconds(), least: 1},
	}}, nil
}

// openAll opens a room for each place in all.
func openAll(addr string, all []*viewer) error {
	var wait sync.WaitGroup
	var first atomic.Pointer[error]
	slots := make(chan struct{}, openSlots)
	for i := range all {
		slots <- struct{}{}
		wait.Go(func() {
			defer func() { <-slots }()
			v, err := openRoom(addr)
			if err != nil {
				first.CompareAndSwap(nil, &err)
				return
			}
			all[i] = v
		})
	}
	wait.Wait()
	if err := first.Load(); err != nil {
		return *err
	}
	return nil
}

// viewer watches a room.
type viewer struct {
	conn   *websocket.Conn
	now    atomic.Int64 // virtual µs of the last frame
	frames atomic.Int64
	err    atomic.Pointer[error] // why it sees nothing more
}

func openRoom(addr string) (*viewer, error) {
	at := url.URL{Scheme: "ws", Host: addr, Path: "/ws"}
	conn, _, err := websocket.DefaultDialer.Dial(at.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("opening %v: %w", &at, err)
	}
	open := `{"type":"open","at":0,"playing":true,"speed":1}`
	if err := conn.WriteMessage(websocket.TextMessage, []byte(open)); err != nil {
		return nil, fmt.Errorf("opening a room: %w", err)
	}
	v := &viewer{conn: conn}
	go v.watch()
	return v, nil
}

func (v *viewer) watch() {
	for {
		_, data, err := v.conn.ReadMessage()
		if err != nil {
			v.err.Store(&err)
			return
		}
		if !bytes.HasPrefix(data, []byte(`{"type":"frame"`)) {
			continue
		}
		_, rest, _ := bytes.Cut(data, []byte(`"now":`))
		digits, _, _ := bytes.Cut(rest, []byte(`,`))
		now, err := strconv.ParseInt(string(digits), 10, 64)
		if err != nil {
			err = fmt.Errorf("a frame without its moment: %w", err)
			v.err.Store(&err)
			return
		}
		v.now.Store(now)
		v.frames.Add(1)
	}
}

func (v *viewer) failed() error {
	if err := v.err.Load(); err != nil {
		return fmt.Errorf("a socket: %w", *err)
	}
	return nil
}

// serverProcess is the real server, built and started for this.
type serverProcess struct {
	cmd  *exec.Cmd
	dir  string // where its program is
	addr string
}

// greeting is the line that says where the server is.
var greeting = regexp.MustCompile(`http://[^:/]+(:[0-9]+)`)

// startServer starts it with some flags.
func startServer(flags ...string) (*serverProcess, error) {
	dir, err := os.MkdirTemp("", "procession-bench")
	if err != nil {
		return nil, err
	}
	s := &serverProcess{dir: dir}
	program := filepath.Join(dir, "server")
	build := exec.Command("go", "build", "-o", program, "./server")
	build.Dir = ".."
	if out, err := build.CombinedOutput(); err != nil {
		s.stop()
		return nil, fmt.Errorf("building the server: %w: %s", err, out)
	}
	s.cmd = exec.Command(program, append([]string{"-addr", "127.0.0.1:0"}, flags...)...)
	s.cmd.Stderr = os.Stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		s.stop()
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		s.stop()
		return nil, fmt.Errorf("starting the server: %w", err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	found := greeting.FindStringSubmatch(line)
	if err != nil || found == nil {
		s.stop()
		return nil, fmt.Errorf("the server says %q, not where it is", line)
	}
	s.addr = "localhost" + found[1]
	return s, nil
}

// used gives the CPU time that the server has used up to a moment.
func (s *serverProcess) used() (time.Time, time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return time.Time{}, 0, fmt.Errorf("CPU time comes from /proc, so this needs Linux: %w", err)
	}
	now := time.Now()
	// The name, in parentheses, may hold anything; behind it the fields are
	// numbered from 3. Those of user and system time are 14 and 15.
	_, rest, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 15-2 {
		return now, 0, fmt.Errorf("/proc/%d/stat reads %q", s.cmd.Process.Pid, stat)
	}
	var ticks int64
	for _, field := range fields[14-3 : 15-3+1] {
		n, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return now, 0, fmt.Errorf("/proc/%d/stat: %w", s.cmd.Process.Pid, err)
		}
		ticks += n
	}
	return now, time.Duration(ticks) * clockTick, nil
}

func (s *serverProcess) stop() {
	if s.cmd != nil && s.cmd.Process != nil {
		_ = s.cmd.Process.Signal(syscall.SIGTERM)
		_ = s.cmd.Wait()
	}
	_ = os.RemoveAll(s.dir)
}
